namespace Orchestrator.BuildKit.FileSync;

/// <summary>What one step of a pattern takes.</summary>
internal enum PatternStepKind
{
    /// <summary>One given character.</summary>
    Character,

    /// <summary>One character of a class; a separator too, if the class has it.</summary>
    Class,

    /// <summary>One character that is no separator: <c>?</c>.</summary>
    NotSeparator,

    /// <summary>Any number of characters that are no separators: <c>*</c>.</summary>
    AnyName,

    /// <summary>Any number of characters: <c>**</c> at the end.</summary>
    Anything,

    /// <summary>No directories, or into <see cref="InDirectories"/>: <c>**</c> before something else.</summary>
    Directories,

    /// <summary>Any number of characters, the last one a separator.</summary>
    InDirectories,

    /// <summary>No character, where a word of ASCII letters, digits and <c>_</c> begins or ends: <c>\b</c>.</summary>
    WordBoundary,

    /// <summary>No character, anywhere else: <c>\B</c>.</summary>
    NoWordBoundary,

    /// <summary>No character, before the first one: <c>\A</c>.</summary>
    Beginning,

    /// <summary>No character, behind the last one: <c>\z</c>.</summary>
    End,
}
