using System.Globalization;
using System.Reflection;

namespace Orchestrator.Repository.Tests;

/// <summary>Types, parameters and values as a person would write them.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Type type)
    {
        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (type.IsByRef)
        {
            return "ref " + Of(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        var name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    public static string Of(PropertyInfo property) => WithNull(Of(property.PropertyType), Nullability.Create(property).ReadState);

    public static string OfReturn(MethodInfo method) => WithNull(Of(method.ReturnType), Nullability.Create(method.ReturnParameter).ReadState);

    public static string Of(ParameterInfo parameter)
    {
        var type = WithNull(Of(parameter.ParameterType), Nullability.Create(parameter).ReadState);
        return $"{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue) : "")}";
    }

    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string WithNull(string text, NullabilityState state) => state == NullabilityState.Nullable && !text.EndsWith('?') ? text + "?" : text;
}
