namespace Drip.Hosting.Tests.Producing;

/// <summary>Counts the letters of words, each in a step of its own, and adds up.</summary>
[Producer(Description = "Counts letters")]
public partial class CountLetters
{
    [Model]
    public partial record Word(string Id, int? Letters);

    [Model]
    public partial record Sum(string Id, int Letters);

    [Pipeline]
    public partial class Collect
    {
        [Step]
        public void Read()
        {
            foreach (var word in (string[])["apple", "fig", "pear"]) Changes.Create(new Word(word, null));
        }
    }

    [Pipeline(Each = typeof(Word), Concurrency = 2)]
    public partial class Count
    {
        [Step]
        public void Measure(Trouble trouble)
        {
            Label($"measuring {Record.Id}");
            trouble.Meet(Record.Id);
            Changes.Update(Record with { Letters = Record.Id.Length });
        }
    }

    [Pipeline]
    public partial class Finish
    {
        public bool Open() => Store.All<Word>() is { Count: > 0 } words && words.All(word => word.Letters is not null);

        [Step]
        public void AddUp() => Changes.Create(new Sum("all", Store.All<Word>().Sum(word => word.Letters ?? 0)));
    }
}

/// <summary>What a test lets happen to a step.</summary>
public sealed class Trouble
{
    /// <summary>The word whose step fails.</summary>
    public string? FailFor { get; set; }

    /// <summary>Called in each step.</summary>
    public Action<string> Met { get; set; } = _ => { };

    public void Meet(string word)
    {
        Met(word);
        if (word == FailFor) throw new InvalidOperationException($"Nobody can count {word}.");
    }
}
