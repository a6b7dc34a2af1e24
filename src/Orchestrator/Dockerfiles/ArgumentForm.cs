namespace Orchestrator.Dockerfiles;

/// <summary>How the text after keyword and flags is read.</summary>
internal enum ArgumentForm
{
    /// <summary>One text to the end.</summary>
    Text,

    /// <summary>Words at spaces.</summary>
    Words,

    /// <summary>A JSON array, else one text: the shell form.</summary>
    JsonOrText,

    /// <summary>A JSON array, else words at spaces.</summary>
    JsonOrWords,

    /// <summary><c>name=value</c> several times, or <c>name value</c>.</summary>
    Pairs,

    /// <summary><c>name</c> or <c>name=value</c>, several times.</summary>
    Names,

    /// <summary>A word, then a JSON array or one text.</summary>
    Check,

    /// <summary>Another instruction.</summary>
    Trigger,
}
