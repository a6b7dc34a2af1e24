namespace Orchestrator.Dockerfiles;

/// <summary>How a text is lexed; none of these is how instructions are expanded.</summary>
[Flags]
internal enum WordLexing
{
    None = 0,

    /// <summary>Quotes stay in the result.</summary>
    KeepQuotes = 1,

    /// <summary>Escape tokens stay in the result.</summary>
    KeepEscapes = 2,

    /// <summary>A variable that is not set stays as it is written.</summary>
    KeepUnset = 4,

    /// <summary>Quotes mean nothing, as in the body of a heredoc.</summary>
    IgnoreQuotes = 8,
}
