using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>Changes that could be: creations, updates and deletions of records that are there.</summary>
internal sealed class RandomChanges(int seed)
{
    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>The next version's changes; each record has one at most.</summary>
    public RecordChange[] Next(WrittenRun run, int most = 4)
    {
        var changes = new List<RecordChange>();
        for (var left = _random.Next(most + 1); left > 0; left--)
        {
            var change = _random.Next(4) switch
            {
                0 => Of<Page>(run, 0, i => new Page(i, $"https://example.org/{i}", null, i), page => page with { Status = Text(), Size = _random.NextInt64() }),
                1 => Of<Note>(run, 1, i => new Note($"ä note {i}", i / 7.0, Text()), note => _random.Next(2) == 0 ? note with { Weight = _random.NextDouble() } : note with { Text = Text() }),
                2 => Of<Token>(run, 2, i => new Token(new Guid(i, 1, 2, new byte[8]), 0), token => token with { Uses = token.Uses + 1 }),
                _ => Of<StepRecord>(run, run.Steps, i => new StepRecord($"Crawl/Fetch/#{i}", "Crawl", "Fetch", $"#{i}", StepOutcome.NotRun, 0, null, null),
                    step => step with { Outcome = StepOutcome.Succeeded, Attempts = step.Attempts + 1, CompletedAt = new DateTimeOffset(2026, 3, 1, 1, 2, 3, TimeSpan.FromHours(2)) }),
            };
            if (!changes.Exists(other => other.Model == change.Model && other.Id == change.Id)) changes.Add(change);
        }

        return [.. changes];
    }

    private RecordChange Of<T>(WrittenRun run, int model, Func<int, T> create, Func<T, T> change) where T : class, IRecord<T>
    {
        var records = run.Records[model];
        if (records.Count == 0 || _random.Next(3) == 0) return Change.Create(model, create(seed * 1_000_000 + ++_made));
        var record = (T)records[_random.Next(records.Count)];
        return _random.Next(5) == 0 ? Change.Delete(model, record) : Change.Update(model, record, change(record));
    }

    private string? Text() => _random.Next(4) switch
    {
        0 => null,
        1 => "",
        2 => "漢字 😀 \uD800 alone",
        _ => new string('x', _random.Next(60)),
    };
}
