using static Orchestrator.Graph.Reading.KeyForms;
using static Orchestrator.Graph.Reading.KeyPlaces;

namespace Orchestrator.Graph.Reading;

/// <summary>The keys of an entry of <c>test</c>, and of what it expects of a file. Where Compose has a key for the same thing, it has the same name and form.</summary>
internal static class TestKeys
{
    public static IEnumerable<GraphKey> All { get; } =
    [
        new("name", Test, Text, "What the test is called; default: what it runs."),
        new("run", Test, Text | List, "A line for the image's shell, or a list: a program with its arguments."),
        new("entrypoint", Test, Text, "true runs the image's own entry point, with 'run' (a list) behind it, or else the image's own command."),
        new("exit_code", Test, Text, "The exit code that is expected; default: 0."),
        new("stdout", Test, Text | List, "What standard output contains; /…/ is a regular expression, an empty text means nothing at all."),
        new("stderr", Test, Text | List, "What standard error contains; /…/ is a regular expression, an empty text means nothing at all."),
        new("output", Test, Text | List, "What standard output and error together contain; /…/ is a regular expression, an empty text means nothing at all."),
        new("user", Test, Text, "Who runs it: a name, or uid[:gid]; default: the image's user."),
        new("working_dir", Test, Text, "Where it runs; default: the image's."),
        new("environment", Test, Pairs, "Variables of the container; one without a value takes it from the environment."),
        new("network", Test, Text, "The container's network: none, default, host or a name; default: none. With a network the result is not remembered."),
        new("timeout", Test, Text, "How long it may run; default: 60s."),
        new("files", Test, Items | Map, "Files that are there when it has ended: a list of paths, or path to exists, absent or what is expected."),
        new("max_size", Test, Text, "The most that the image's files may have, unpacked: bytes, or 150m."),

        new("type", TestFile, Text, "What it is: file, directory or link."),
        new("mode", TestFile, Text, "Its permissions, as 0644."),
        new("owner", TestFile, Text, "Its owner in numbers: uid, or uid:gid."),
        new("content", TestFile, Text | List, "What the file contains; /…/ is a regular expression, an empty text means nothing at all."),
    ];
}
