using Orchestrator.Contexts;

namespace Orchestrator.Tests.Contexts;

/// <summary>Whatever is not known to move change times is read in each run.</summary>
internal sealed class LocalFileSystemTests
{
    [Test]
    public void Disks_are_relied_on([Values("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay")] string format) =>
        Assert.That(LocalFileSystem.IsReliable(format), Is.True);

    [Test]
    public void Everything_else_is_not(
        [Values("", "nfs", "nfs4", "cifs", "smb3", "smb2", "ceph", "lustre", "gfs2", "ocfs2", "afs", "9p", "v9fs", "virtiofs", "vboxsf", "vmhgfs", "fuse", "fuseblk", "fuse.sshfs",
            "fakeowner", "tmpfs", "ntfs", "ntfs3", "NTFS", "apfs", "exfat", "vfat", "msdos", "of tomorrow")] string format) =>
        Assert.That(LocalFileSystem.IsReliable(format), Is.False);

    [Test, Platform("Linux")]
    public void A_file_system_is_asked_what_it_is()
    {
        Assert.That(LocalFileSystem.MovesChangeTimes("/proc/self/status"), Is.False);
        Assert.That(LocalFileSystem.MovesChangeTimes("/nowhere/at/all"), Is.False);
        Assert.That(LocalFileSystem.MovesChangeTimes(AppContext.BaseDirectory), Is.EqualTo(LocalFileSystem.IsReliable(new DriveInfo(AppContext.BaseDirectory).DriveFormat)));
    }
}
