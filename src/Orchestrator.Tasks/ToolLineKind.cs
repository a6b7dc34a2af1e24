namespace Orchestrator.Tasks;

/// <summary>What one line of the tool's report says.</summary>
internal enum ToolLineKind
{
    Error,
    Warning,
    Message,
    Image,

    /// <summary>Something that the tasks have to build before the tool does its work.</summary>
    Project,

    /// <summary>A well-formed line of another version of the protocol: tool and tasks are not of one package.</summary>
    OtherVersion,
}
