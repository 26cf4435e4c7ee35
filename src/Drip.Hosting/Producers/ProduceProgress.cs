using Drip.Hosting.Output;

namespace Drip.Hosting.Producers;

/// <summary>
/// Shows a producer's run while it goes on: a line for each step that has ended, for a pipeline that runs for each record a line with its
/// counts now and then. On a terminal the last line says what is running. The scheduler only counts here; a timer writes.
/// </summary>
internal sealed class ProduceProgress : IProducerObserver, IDisposable
{
    private const int MostFailures = 20;
    private static readonly TimeSpan LivePause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(2);

    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<string, StepCounts> _steps = [];
    private readonly List<StepCounts> _order = [];
    private readonly ITimer _timer;
    private List<Line> _lines = [];
    private string? _label;
    private int _failures;
    private bool _isOver;

    public ProduceProgress(Screen screen, TimeProvider time)
    {
        (_screen, _time) = (screen, time);
        var pause = screen.Terminal.IsLive ? LivePause : PlainPause;
        _timer = time.CreateTimer(_ => Write(), null, pause, pause);
    }

    public void Started(string pipeline, string step, RecordId? record, int attempt)
    {
        lock (_lock)
        {
            var counts = Of(pipeline, step, record);
            counts.Running++;
            if (record is null) counts.StartedAt = _time.GetTimestamp();
        }
    }

    public void Labelled(string pipeline, string step, RecordId? record, string text)
    {
        lock (_lock) _label = $"{Name(pipeline, step, record)}: {Phrase.OneLine(text)}";
    }

    public void Ended(string pipeline, string step, RecordId? record, StepOutcome outcome, string? error, TimeSpan? retry)
    {
        lock (_lock)
        {
            var counts = Of(pipeline, step, record);
            if (counts.Running > 0) counts.Running--;
            if (retry is { } pause)
            {
                Fail($"{Name(pipeline, step, record)} failed: {Reason(error)} It is tried again in {Phrase.Duration(pause)}.");
                return;
            }

            counts.Ended++;
            counts.IsChanged = true;
            if (outcome == StepOutcome.Failed) Fail($"{Name(pipeline, step, record)} failed: {Reason(error)}");
            else if (record is null) _lines.Add(new Line($"{counts.Name} {Word(outcome)}{(outcome == StepOutcome.Succeeded ? " in " + Phrase.Duration(_time.GetElapsedTime(counts.StartedAt)) : "")}", IsError: false));
        }
    }

    /// <summary>Writes what has not been written yet, and ends.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            if (_isOver) return;
            _isOver = true;
            foreach (var counts in _order) counts.IsChanged |= counts.ForEach && counts.Ended > 0;
            if (_failures > MostFailures) _lines.Add(new Line($"{Phrase.Number(_failures - MostFailures)} more failures are not shown.", IsError: true));
        }

        Write(isLast: true);
    }

    /// <summary>An outcome in words.</summary>
    public static string Word(StepOutcome outcome) => outcome switch
    {
        StepOutcome.NotRun => "not run",
        StepOutcome.Unknown => "unknown outcome",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private void Write(bool isLast = false)
    {
        lock (_writing)
        {
            List<Line> lines;
            string? live;
            lock (_lock)
            {
                (lines, _lines) = (_lines, []);
                if (!_screen.Terminal.IsLive || isLast) AddCounts(lines);
                live = _screen.Terminal.IsLive && !isLast ? Live() : null;
            }

            foreach (var line in lines)
            {
                if (line.IsError) _screen.WriteErrorLine(line.Text);
                else _screen.WriteLine(line.Text);
            }

            if (live is { Length: > 0 }) _screen.ShowLive(live);
        }
    }

    private void AddCounts(List<Line> lines)
    {
        foreach (var counts in _order)
        {
            if (!counts.ForEach || !counts.IsChanged) continue;
            counts.IsChanged = false;
            lines.Add(new Line($"{counts.Name} {Phrase.Number(counts.Ended)} done{(counts.Running > 0 ? $", {Phrase.Number(counts.Running)} running" : "")}", IsError: false));
        }
    }

    private string Live()
    {
        var parts = new List<string>();
        foreach (var counts in _order)
        {
            if (counts.Running == 0) continue;
            parts.Add(counts.ForEach ? $"{counts.Name} {Phrase.Number(counts.Ended)} done, {Phrase.Number(counts.Running)} running" : counts.Name);
        }

        if (_label is not null) parts.Add(_label);
        var text = string.Join(" · ", parts);
        var room = Math.Max(0, _screen.Terminal.Width() - 1);
        return text.Length > room ? text[..room] : text;
    }

    private StepCounts Of(string pipeline, string step, RecordId? record)
    {
        var name = $"{pipeline}/{step}";
        if (_steps.TryGetValue(name, out var counts)) return counts;
        _steps.Add(name, counts = new StepCounts(name, record is not null));
        _order.Add(counts);
        return counts;
    }

    // The screen is for people: what does not fit on it is in the versions.
    private void Fail(string text)
    {
        if (++_failures <= MostFailures) _lines.Add(new Line(text, IsError: true));
    }

    private static string Name(string pipeline, string step, RecordId? record) => record is { } id ? $"{pipeline}/{step} of {id}" : $"{pipeline}/{step}";

    // The class and the message; the stack is in the step's record.
    private static string Reason(string? error) => Sentence(error is null ? "it gave no reason" : error.Split('\n', 2)[0].Trim());

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private sealed record Line(string Text, bool IsError);

    private sealed class StepCounts(string name, bool forEach)
    {
        public string Name { get; } = name;

        public bool ForEach { get; } = forEach;

        public int Running { get; set; }

        public long Ended { get; set; }

        public long StartedAt { get; set; }

        public bool IsChanged { get; set; }
    }
}
