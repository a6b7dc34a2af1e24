using System.Text;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>A document as stable text: places as line:column-line:column, texts as JSON strings.</summary>
internal static class DocumentText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(DockerfileDocument document, StringBuilder text)
    {
        foreach (var directive in document.Directives)
        {
            text.Append($"directive {directive.Name} {Quote(directive.Value)} {Place(directive.Span)}\n");
        }

        foreach (var instruction in document.MetaArguments)
        {
            Write(instruction, "", text);
        }

        foreach (var stage in document.Stages)
        {
            var token = document.Text[stage.BaseRange.Start..stage.BaseRange.End];
            text.Append($"stage {stage.Index} {stage.Name ?? "-"} base {Quote(stage.BaseName)} {Place(stage.Base.Span)} token {Quote(token)}\n");
            Write(stage.From, "  ", text);
            foreach (var instruction in stage.Instructions)
            {
                Write(instruction, "  ", text);
            }
        }
    }

    public static string Quote(string text) => JsonSerializer.Serialize(text, Readable);

    public static string Place(SourceSpan span) => $"{span.Line}:{span.Column}-{span.EndLine}:{span.EndColumn}";

    private static void Write(Instruction instruction, string indent, StringBuilder text)
    {
        text.Append($"{indent}{instruction.Keyword}{(instruction.IsJson ? " json" : "")} {Place(instruction.Span)} {Quote(instruction.Normalized)}\n");
        foreach (var flag in instruction.Flags)
        {
            text.Append($"{indent}  --{flag.Name} {(flag.HasValue ? Quote(flag.Value) : "-")} {Place(flag.Span)}\n");
        }

        foreach (var assignment in instruction.Assignments)
        {
            text.Append($"{indent}  {Quote(assignment.Name.Value)} = {(assignment.Value is { } value ? Quote(value.Value) : "-")} {Place(assignment.Name.Span)}\n");
        }

        foreach (var argument in instruction.Assignments.Count > 0 || instruction.Trigger is not null ? [] : instruction.Arguments)
        {
            text.Append($"{indent}  {Quote(argument.Value)} {Place(argument.Span)}\n");
        }

        foreach (var heredoc in instruction.Heredocs)
        {
            text.Append($"{indent}  <<{heredoc.Name} {heredoc.FileDescriptor}{(heredoc.Expand ? " expand" : "")}{(heredoc.Chomp ? " chomp" : "")} {Quote(heredoc.Content)} {Place(heredoc.Span)}\n");
        }

        if (instruction.Trigger is not null)
        {
            Write(instruction.Trigger, indent + "  ", text);
        }
    }
}
