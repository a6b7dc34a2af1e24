using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orchestrator.Repository.Tests;

/// <summary>All that code outside an assembly can name, one line for each type and member. What a record's compiler adds is left out.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var member in Members(type))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var above = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? [parent] : Type.EmptyTypes;
        var inherited = type.GetInterfaces().Where(each => each.IsVisible && type.BaseType?.GetInterfaces().Contains(each) != true && !IsOfRecord(type, each));
        var bases = type.IsEnum ? "" : string.Join(", ", above.Concat(inherited.OrderBy(TypeText.Of, StringComparer.Ordinal)).Select(TypeText.Of));
        return $"{Kind(type)} {type.Namespace}.{TypeText.Of(type)}{(bases.Length > 0 ? " : " + bases : "")}";
    }

    private static string Kind(Type type)
    {
        var form = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : IsRecord(type) ? "record" : "class";
        var modifier = !type.IsClass ? "" : type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + form;
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Declared) is not null;

    private static bool IsOfRecord(Type type, Type implemented) => IsRecord(type) && implemented == typeof(IEquatable<>).MakeGenericType(type);

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var field in Sorted(type.GetFields(Declared)).Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            yield return field.IsLiteral ? $"{field.Name} = {TypeText.Value(field.GetRawConstantValue())}" : $"{(field.IsStatic ? "static " : "")}{TypeText.Of(field.FieldType)} {field.Name}";
        }

        foreach (var property in Sorted(type.GetProperties(Declared)).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract"))
        {
            yield return $"{Modifier(property.GetAccessors(nonPublic: true)[0])}{TypeText.Of(property)} {property.Name} {{ {Accessors(property)}}}{Attributes(property)}";
        }

        foreach (var happening in Sorted(type.GetEvents(Declared)).Where(happening => IsVisible(happening.AddMethod!)))
        {
            yield return $"event {TypeText.Of(happening.EventHandlerType!)} {happening.Name}";
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return $"{Modifier(constructor)}{type.Name}({Parameters(constructor)})";
        }

        foreach (var method in Sorted(type.GetMethods(Declared)).Where(method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            yield return $"{Modifier(method)}{TypeText.OfReturn(method)} {method.Name}({Parameters(method)})";
        }
    }

    private static IOrderedEnumerable<T> Sorted<T>(IEnumerable<T> members)
        where T : MemberInfo => members.OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.ToString(), StringComparer.Ordinal);

    /// <summary>What only overrides for the sake of the base class is nothing that others could use.</summary>
    private static bool IsVisible(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !IsOverride(method));

    private static bool IsOverride(MethodBase method) => method is MethodInfo { IsVirtual: true } own && own.GetBaseDefinition() != own;

    private static string Modifier(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : IsOverride(method) ? "override " : "");

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; " : "";
        return get + set;
    }

    /// <summary>MSBuild's words about a task's parameter are part of its surface.</summary>
    private static string Attributes(PropertyInfo property) =>
        string.Concat(property.CustomAttributes.Select(attribute => attribute.AttributeType.Name).Where(name => name is "RequiredAttribute" or "OutputAttribute" or "RequiredMemberAttribute").Order(StringComparer.Ordinal)
            .Select(name => $" [{name[..^"Attribute".Length]}]"));

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(TypeText.Of));
}
