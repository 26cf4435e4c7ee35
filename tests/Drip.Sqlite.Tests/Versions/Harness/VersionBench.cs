using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>A directory for versions, and runs that write to it.</summary>
internal sealed class VersionBench : IAsyncDisposable
{
    private static readonly string Root = System.IO.Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly List<IDisposable> _readers = [];
    private readonly List<WrittenRun> _runs = [];

    public VersionBench(VersionSettings? settings = null) => Storage = new SqliteVersionStorage(Settings = settings ?? new VersionSettings());

    public VersionSettings Settings { get; }

    public SqliteVersionStorage Storage { get; }

    public string Directory { get; } = System.IO.Directory.CreateDirectory(Path.Combine(Root, "drip-" + Guid.NewGuid().ToString("N"))).FullName;

    public string File => Path.Combine(Directory, "versions.db");

    public WrittenRun Begin(string run = "first", ProducerPlan? plan = null, Durability durability = Durability.Relaxed, TimeProvider? time = null)
    {
        var written = new WrittenRun(this, run, plan ?? Plans.Crawl, null, durability, time ?? TimeProvider.System);
        _runs.Add(written);
        return written;
    }

    /// <summary>A branch of a run, from one of its versions.</summary>
    public WrittenRun Branch(WrittenRun parent, long version, string run, ProducerPlan? plan = null)
    {
        var written = new WrittenRun(this, run, plan ?? parent.Plan, (parent, version), Durability.Relaxed, TimeProvider.System);
        _runs.Add(written);
        return written;
    }

    public IVersionReader Open(string run = "first", ProducerPlan? plan = null, string? directory = null)
    {
        var reader = Storage.Open(directory ?? Directory, run, plan ?? Plans.Crawl);
        _readers.Add(reader);
        return reader;
    }

    /// <summary>The files as a process that dies now leaves them, or as they were cut off.</summary>
    public string Copy(long? logLength = null)
    {
        var copy = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "copy-" + Guid.NewGuid().ToString("N"))).FullName;
        System.IO.File.Copy(File, Path.Combine(copy, "versions.db"));
        if (!System.IO.File.Exists(File + "-wal")) return copy;
        var log = System.IO.File.ReadAllBytes(File + "-wal");
        System.IO.File.WriteAllBytes(Path.Combine(copy, "versions.db-wal"), log[..(int)(logLength ?? log.Length)]);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.DisposeAsync();
        foreach (var reader in _readers) reader.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
