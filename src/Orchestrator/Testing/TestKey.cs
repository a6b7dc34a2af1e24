using System.Globalization;
using Orchestrator.Contexts;
using Orchestrator.Graph.ImageTests;

namespace Orchestrator.Testing;

/// <summary>
/// A hash over everything of a test that decides how it ends. Not in it are its name and its place. What it means that a test is passed is part of
/// it by the number of the format: whoever changes how tests are run or judged raises it.
/// </summary>
internal static class TestKey
{
    private const int Format = 2;

    public static string Of(ImageTest test)
    {
        using var hash = new FieldHash();
        hash.Field("format", Format);
        if (test.Command is { } command)
        {
            Add(hash, command);
        }

        hash.List("files", test.Files.Count);
        foreach (var file in test.Files)
        {
            Add(hash, file);
        }

        hash.Field("max_size", test.MaximumSize?.ToString());
        return hash.Finish();
    }

    private static void Add(FieldHash hash, TestedCommand command)
    {
        hash.Field("line", command.Line);
        Add(hash, "arguments", command.Arguments);
        hash.Field("entrypoint", command.UsesEntrypoint ? 1 : 0);
        hash.Field("exit_code", command.ExitCode);
        Add(hash, "stdout", command.StandardOutput);
        Add(hash, "stderr", command.StandardError);
        Add(hash, "output", command.Output);
        hash.Field("user", command.User);
        hash.Field("working_dir", command.WorkingDirectory);
        Add(hash, "environment", command.Environment);
        hash.Field("network", command.Network);
        hash.Field("timeout", command.Timeout.Ticks);
    }

    private static void Add(FieldHash hash, ExpectedFile file)
    {
        hash.Field("path", file.Path);
        hash.Field("absent", file.IsAbsent ? 1 : 0);
        hash.Field("type", file.Type?.ToString());
        hash.Field("mode", file.Mode?.ToString(CultureInfo.InvariantCulture));
        hash.Field("uid", file.UserId?.ToString(CultureInfo.InvariantCulture));
        hash.Field("gid", file.GroupId?.ToString(CultureInfo.InvariantCulture));
        Add(hash, "content", file.Content);
    }

    private static void Add(FieldHash hash, string name, IReadOnlyList<ExpectedText> texts) => Add(hash, name, [.. texts.Select(text => text.Written)]);

    private static void Add(FieldHash hash, string name, IReadOnlyList<string> texts)
    {
        hash.List(name, texts.Count);
        foreach (var text in texts)
        {
            hash.Field("item", text);
        }
    }
}
