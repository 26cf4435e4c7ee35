using Drip.Sqlite;

namespace Drip.Store.Tests.Sqlite;

public sealed class MountTableTests
{
    private static readonly string[] s_mounts =
    [
        "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "30 27 0:40 / /home rw - nfs4 server:/home rw,vers=4.2",
        "31 30 0:41 / /home/local rw shared:2 master:1 - xfs /dev/vdb rw",
        @"32 27 0:42 / /mnt/two\040words\134 rw - cifs //server/share rw",
        "33 27 0:43 / /srv rw - ext4 /dev/vdc rw",
        "34 33 0:44 / /srv rw - fuse.sshfs server:/srv rw",
    ];

    [Theory]
    [InlineData("/", "ext4")]
    [InlineData("/var/lib", "ext4")]
    [InlineData("/home", "nfs4")]
    [InlineData("/home/ann/data", "nfs4")]
    [InlineData("/homes/ann", "ext4")]
    [InlineData("/home/local/data", "xfs")]
    [InlineData("/home/locals", "nfs4")]
    [InlineData(@"/mnt/two words\/data", "cifs")]
    [InlineData("/srv/data", "fuse.sshfs")]
    public void A_folder_is_on_what_is_mounted_nearest_above_it(string folder, string format) =>
        Assert.Equal(format, MountTable.FormatOf(folder, s_mounts));

    [Theory]
    [InlineData("")]
    [InlineData("27 1 254:0")]
    [InlineData("27 1 254:0 / / rw -")]
    [InlineData("27 1 254:0 / / rw ext4")]
    public void What_cannot_be_read_is_passed_over(string line)
    {
        Assert.Null(MountTable.FormatOf("/data", [line]));
        Assert.Equal("ext4", MountTable.FormatOf("/data", [line, s_mounts[0], line]));
    }

    [Fact]
    public void The_machine_s_own_table_has_every_folder()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The table is Linux's.");
        Assert.Equal("proc", MountTable.FormatOf("/proc/self", File.ReadLines("/proc/self/mountinfo")));
        Assert.NotNull(MountTable.FormatOf(RealPath.Of(Path.GetTempPath()), File.ReadLines("/proc/self/mountinfo")));
    }

    [Fact]
    public void A_path_has_no_links_left()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege there.");
        var root = Directory.CreateTempSubdirectory("drip-links-");
        try
        {
            var home = RealPath.Of(root.FullName);
            var deep = root.CreateSubdirectory("a/b/c").FullName;
            Directory.CreateSymbolicLink(Path.Combine(root.FullName, "b"), Path.Combine("a", "b"));
            Directory.CreateSymbolicLink(Path.Combine(deep, "round"), Path.Combine(root.FullName, "b"));
            Directory.CreateSymbolicLink(Path.Combine(root.FullName, "twice"), Path.Combine(root.FullName, "b", "c", "round"));

            Assert.Equal(Path.Combine(home, "a", "b", "c"), RealPath.Of(Path.Combine(root.FullName, "b", "c")));
            Assert.Equal(Path.Combine(home, "a", "b"), RealPath.Of(Path.Combine(root.FullName, "twice")));
            Assert.Equal(Path.Combine(home, "a", "b", "c"), RealPath.Of(Path.Combine(root.FullName, "twice", "c", "round", "c")));
            Assert.Equal("/", RealPath.Of("/"));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
