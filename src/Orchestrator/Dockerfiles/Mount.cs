using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A <c>RUN --mount</c> after expansion.</summary>
/// <param name="Type"><c>bind</c>, <c>cache</c>, <c>tmpfs</c>, <c>secret</c> or <c>ssh</c>.</param>
/// <param name="From">A stage, image or named context; null is the main context for a bind mount and nothing for the others.</param>
internal sealed partial record Mount(string Type, string? From, string Source, string Target, string? Id, SourceSpan Span)
{
    /// <summary><c>shared</c>, <c>private</c> or <c>locked</c>; null when not given.</summary>
    public string? Sharing { get; init; }

    /// <summary>The id by which the builder asks for a secret or an agent; null for other types.</summary>
    public string? AskedId => Type switch
    {
        "secret" when Source.Length > 0 => Source,
        "secret" when string.IsNullOrEmpty(Id) => Target.TrimEnd('/') is var path ? path[(path.LastIndexOf('/') + 1)..] : null,
        "ssh" when string.IsNullOrEmpty(Id) => "default",
        "secret" or "ssh" => Id,
        _ => null,
    };

    public bool IsReadOnly { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The variable that receives a secret; null when not given.</summary>
    public string? Environment { get; init; }

    /// <summary>Size, mode, owner: whatever has no meaning here, in the order written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others { get; init; } = [];

    /// <summary>False when a value depends on a variable that the Dockerfile alone does not tell.</summary>
    public bool IsCertain { get; init; } = true;
}
