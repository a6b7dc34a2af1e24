using System.Runtime.InteropServices;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>A file as it was when it was hashed, and the hash; as it lies in the stat cache's file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct StatRecord(ulong Inode, ulong Device, long Changed, long Modified, long Size, ContentHash Hash, long Unused) : IComparable<StatRecord>
{
    /// <summary>The record that a file must have to be known; its hash is not looked at.</summary>
    public static StatRecord Of(SyncEntry entry, FileIdentity identity, ContentHash hash = default) =>
        new(identity.Inode, identity.Device, identity.ChangedNanoseconds, entry.ModifiedNanoseconds, entry.Size, hash, 0);

    /// <summary>By everything but the hash and the age.</summary>
    public int CompareTo(StatRecord other)
    {
        var order = Inode.CompareTo(other.Inode);
        order = order != 0 ? order : Device.CompareTo(other.Device);
        order = order != 0 ? order : Changed.CompareTo(other.Changed);
        order = order != 0 ? order : Modified.CompareTo(other.Modified);
        return order != 0 ? order : Size.CompareTo(other.Size);
    }
}
