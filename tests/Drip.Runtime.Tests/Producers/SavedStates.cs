using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

public sealed class SavedStates : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("drip-states-").FullName, "state.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task A_state_comes_back_as_it_was_in_the_order_of_its_creation()
    {
        var saved = await SaveAsync();

        var again = Producing().From(_file);
        var result = await again.RunAsync();

        Assert.Equal(saved, again.Items);
        Assert.Equal(1, result.Versions);
        Assert.Equal("half a pair: \ud800", again.Items[1].Note);
    }

    [Fact]
    public async Task A_torn_file_is_refused_at_whichever_byte_it_ends()
    {
        await SaveAsync();
        var whole = await File.ReadAllBytesAsync(_file);
        for (var length = 0; length < whole.Length - 1; length += 37)
        {
            await File.WriteAllBytesAsync(_file, whole[..length]);
            Assert.Equal("file-torn", (await RefusalAsync()).Code);
        }
    }

    [Theory]
    [InlineData("drip-producer", "something-else", "file-foreign")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "file-newer")]
    [InlineData("under-test", "another-one", "file-of-other-producer")]
    [InlineData("\"Item\"", "\"Thing\"", "model-missing")]
    [InlineData("\"Status\"", "\"State\"", "member-missing")]
    [InlineData("\"Hits\": 0", "\"Hits\": \"many\"", "member-unreadable")]
    [InlineData("\"records\"", "\"data\"", "file-damaged")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": \"one\"", "file-damaged")]
    [InlineData("\"Id\": 2,", "\"Id\": 1,", "file-damaged")]
    [InlineData("\"Record\": \"#", "\"Record\": \"", "file-damaged")]
    public async Task A_file_that_is_not_one_of_the_producers_is_refused(string written, string instead, string code)
    {
        await SaveAsync();
        await File.WriteAllTextAsync(_file, (await File.ReadAllTextAsync(_file)).Replace(written, instead));

        Assert.Equal(code, (await RefusalAsync()).Code);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_and_so_is_a_place_that_cannot_be_written()
    {
        Assert.Equal("file-not-read", (await RefusalAsync()).Code);
        var producer = Producing().Make();
        await producer.RunAsync();
        Assert.Equal("file-not-written", (await Assert.ThrowsAsync<DripException>(() => producer.SaveAsync(Path.Combine(_file, "below", "a.json")))).Code);
    }

    [Fact]
    public async Task A_state_without_a_run_cannot_be_saved() =>
        Assert.Equal("has-not-run", (await Assert.ThrowsAsync<DripException>(() => Producing().Make().SaveAsync(_file))).Code);

    private static Plans Producing() => new Plans().Each("P", steps => steps.Step("S"));

    private async Task<IReadOnlyList<Item>> SaveAsync()
    {
        var producer = Producing().Make();
        await producer.RunAsync(new Item(2, "b"), new Item(1, "a\n\"ä\"", "half a pair: \ud800", int.MaxValue, int.MinValue));
        await producer.SaveAsync(_file);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_file)!));
        return producer.Items;
    }

    private async Task<DripException> RefusalAsync()
    {
        var refusal = await Assert.ThrowsAsync<DripException>(() => Producing().From(_file).RunAsync());
        Assert.Contains(_file, refusal.Message);
        return refusal;
    }
}
