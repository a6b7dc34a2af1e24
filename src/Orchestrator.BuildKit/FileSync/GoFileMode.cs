namespace Orchestrator.BuildKit.FileSync;

/// <summary>The bits of Go's <c>os.FileMode</c>, which differ from POSIX's <c>st_mode</c>. No type bit: a regular file.</summary>
public static class GoFileMode
{
    /// <summary>A directory.</summary>
    public const uint Directory = 0x8000_0000;

    /// <summary>A symbolic link.</summary>
    public const uint SymbolicLink = 0x0800_0000;

    /// <summary>A device.</summary>
    public const uint Device = 0x0400_0000;

    /// <summary>A named pipe.</summary>
    public const uint NamedPipe = 0x0200_0000;

    /// <summary>A socket.</summary>
    public const uint Socket = 0x0100_0000;

    /// <summary>Set-user-id.</summary>
    public const uint SetUserId = 0x0080_0000;

    /// <summary>Set-group-id.</summary>
    public const uint SetGroupId = 0x0040_0000;

    /// <summary>A device of characters; together with <see cref="Device"/>.</summary>
    public const uint CharacterDevice = 0x0020_0000;

    /// <summary>The sticky bit.</summary>
    public const uint Sticky = 0x0010_0000;

    /// <summary>Something that is none of the others.</summary>
    public const uint Irregular = 0x0008_0000;

    /// <summary>All bits that say what kind of entry it is.</summary>
    public const uint TypeMask = Directory | SymbolicLink | Device | NamedPipe | Socket | CharacterDevice | Irregular;

    /// <summary>The nine permission bits.</summary>
    public const uint PermissionMask = 0x1FF;

    /// <summary>A directory with the permissions that directories mostly have, 0755.</summary>
    internal const uint PlainDirectory = Directory | 0x1ED;
}
