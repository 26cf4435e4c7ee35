using Dapper;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Tests.Versions;

public sealed class TornFiles
{
    [Fact]
    public async Task A_file_that_was_cut_off_is_refused()
    {
        await using var bench = new VersionBench();
        await WriteAsync(bench);
        var bytes = File.ReadAllBytes(bench.File);

        foreach (var length in (int[])[bytes.Length - 4096, bytes.Length / 2, 4096, 4095, 100, 17])
        {
            File.WriteAllBytes(bench.File, bytes[..length]);

            foreach (var act in (Action[])[() => bench.Storage.List(bench.Directory), () => bench.Open(), () => bench.Begin("second")])
            {
                Assert.Equal((DripErrorKind.Store, length), (Assert.Throws<DripException>(act).Kind, length));
            }
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task A_file_with_bytes_that_are_not_its_own_is_refused_or_says_what_was_written(int seed)
    {
        await using var bench = new VersionBench(new VersionSettings { SnapshotFloor = 2000, PartSize = 500 });
        var run = await WriteAsync(bench);
        var bytes = File.ReadAllBytes(bench.File);
        var random = new Random(seed);
        var refused = 0;

        for (var time = 0; time < 150; time++)
        {
            var torn = bytes.ToArray();
            random.NextBytes(torn.AsSpan(random.Next(torn.Length - 64), random.Next(1, 64)));
            // Some are also cut off within their last page.
            if (time % 10 == 0) Array.Resize(ref torn, torn.Length - random.Next(1, 4000));
            File.WriteAllBytes(bench.File, torn);
            var number = random.Next(run.Versions.Count);
            try
            {
                using var reader = bench.Storage.Open(bench.Directory, "first", Plans.Crawl);
                Assert.Equal(run.States[number], reader.Load(number));
                Assert.Equal(run.Versions.Take(number + 1).SelectMany(version => version.Changes).Select(Same.Describe), reader.Changes(-1, number).ToArray().Select(Same.Describe));
            }
            catch (DripException error)
            {
                refused++;
                Assert.Contains(error.Code, (string[])["versions-damaged", "database-damaged", "no-versions", "versions-newer", "unknown-run", "unknown-version", "model-gone", "column-gone", "column-changed", "column-new"]);
                Assert.NotEmpty(error.Remedy);
            }
        }

        Assert.InRange(refused, 15, 150);
    }

    [Theory]
    [InlineData("this is a letter and no database, and long enough to have a header if it were one")]
    [InlineData("")]
    public async Task A_file_of_another_program_is_refused_and_left_alone(string text)
    {
        await using var bench = new VersionBench();
        if (text.Length > 0)
        {
            File.WriteAllText(bench.File, text);
        }
        else
        {
            using var other = new SqliteConnection($"Data Source={bench.File};Pooling=False");
            other.Open();
            other.Execute("CREATE TABLE letters (text)");
        }

        var before = File.ReadAllBytes(bench.File);

        foreach (var act in (Action[])[() => bench.Storage.List(bench.Directory), () => bench.Open(), () => bench.Begin()])
        {
            var error = Assert.Throws<DripException>(act);
            Assert.Equal((DripErrorKind.Store, "no-versions"), (error.Kind, error.Code));
            Assert.Equal($"{bench.File} is no file of versions.", error.Message);
        }

        Assert.Equal(before, File.ReadAllBytes(bench.File));
    }

    [Fact]
    public async Task A_file_of_a_newer_Drip_is_refused()
    {
        await using var bench = new VersionBench();
        await WriteAsync(bench);
        using (var other = new SqliteConnection($"Data Source={bench.File};Pooling=False"))
        {
            other.Open();
            other.Execute("PRAGMA user_version = 2");
        }

        foreach (var act in (Action[])[() => bench.Storage.List(bench.Directory), () => bench.Open(), () => bench.Begin("second")])
        {
            var error = Assert.Throws<DripException>(act);
            Assert.Equal((DripErrorKind.Schema, "versions-newer"), (error.Kind, error.Code));
            Assert.Contains("was written by a newer Drip", error.Message);
        }
    }

    [Fact]
    public async Task A_file_in_which_nothing_was_written_yet_is_taken()
    {
        await using var bench = new VersionBench();
        File.WriteAllBytes(bench.File, []);

        Assert.Empty(bench.Storage.List(bench.Directory));
        Assert.Equal("unknown-run", Assert.Throws<DripException>(() => bench.Open()).Code);

        var run = await WriteAsync(bench);
        Assert.Equal(run.States[^1], bench.Open().Load(run.States.Count - 1));
    }

    private static async Task<WrittenRun> WriteAsync(VersionBench bench)
    {
        var run = bench.Begin();
        var changes = new RandomChanges(7);
        for (var version = 0; version < 60; version++)
        {
            run.Append(changes.Next(run));
            await run.Log.FlushAsync();
        }

        await run.DisposeAsync();
        return run;
    }
}
