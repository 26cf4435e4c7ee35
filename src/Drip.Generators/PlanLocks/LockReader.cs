using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.PlanLocks;

/// <summary>Reads a plan lock. It is strict: a line that a merge or a hand has broken must not pass for a plan.</summary>
internal sealed class LockReader
{
    private readonly List<LockedProducer> _producers = [];
    private readonly Dictionary<string, TextSpan> _places = new(StringComparer.Ordinal);
    private List<LockedModel>? _models;
    private List<LockedPipeline>? _pipelines;
    private List<LockedField>? _fields;
    private List<LockedStep>? _steps;
    // The step whose body comes next.
    private LockedStep? _step;

    private LockReader()
    {
    }

    public static LockReading Read(SourceText text)
    {
        var lines = text.Lines.Where(static line => !line.Span.IsEmpty).ToArray();
        var first = lines.Length == 0 ? "" : lines[0].ToString();
        if (FormatOf(first) is not { } format) return Refuse(text, 0, "it does not begin as a plan lock does");
        if (format > LockSyntax.Format)
        {
            return new LockReading(new LockProblem(
                $"it has the format {format}, and this Drip reads up to {LockSyntax.Format}",
                "Use the version of Drip that wrote it, or a newer one", lines[0].Span));
        }

        var reader = new LockReader();
        for (var index = 1; index < lines.Length - 1; index++)
        {
            if (!reader.Take(lines[index]))
                return Refuse(text, lines[index].LineNumber, $"its line {lines[index].LineNumber + 1} is not one of a plan lock there");
        }

        var isWhole = lines.Length > 1 && lines[lines.Length - 1].ToString().Trim() == LockSyntax.Closing && reader._step is null;
        return isWhole
            ? new LockReading(reader._producers, reader._places, Problem: null)
            : Refuse(text, lines[lines.Length - 1].LineNumber, "its end is missing");
    }

    private static LockReading Refuse(SourceText text, int line, string problem) => new(new LockProblem(
        problem, $"Take it from the repository again, or write it anew with '{LockSyntax.Command}'", text.Lines[line].Span));

    private static int? FormatOf(string line)
    {
        if (!line.StartsWith(LockSyntax.Opening, StringComparison.Ordinal)) return null;
        var digits = string.Concat(line.Skip(LockSyntax.Opening.Length).TakeWhile(static c => c is >= '0' and <= '9'));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var format) && format > 0 ? format : null;
    }

    private bool Take(TextLine line)
    {
        var words = line.ToString().Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return false;
        var name = LockSyntax.Name(words[1]);
        if (_step is not null && words[0] != LockSyntax.Body) return false;
        return words[0] switch
        {
            LockSyntax.Producer => words.Length == 2 && TakeProducer(name, line.Span),
            LockSyntax.Model => words.Length == 2 && TakeModel(name),
            LockSyntax.Field => words.Length is >= 3 and <= 5 && TakeField(name, words),
            LockSyntax.Pipeline => (words.Length == 2 || (words.Length == 4 && words[2] == LockSyntax.Each)) && TakePipeline(name, words),
            LockSyntax.Step => (words.Length == 2 || (words.Length > 3 && words[2] == LockSyntax.After)) && TakeStep(name, words),
            LockSyntax.Body => words.Length == 2 && TakeBody(words[1]),
            _ => false,
        };
    }

    private bool TakeProducer(string name, TextSpan place)
    {
        if (_places.ContainsKey(name)) return false;
        _places.Add(name, place);
        (_models, _pipelines, _fields, _steps) = ([], [], null, null);
        _producers.Add(new LockedProducer(name, _models, _pipelines));
        return true;
    }

    private bool TakeModel(string name)
    {
        if (_models is null || _models.Any(other => other.Name == name)) return false;
        (_fields, _steps) = ([], null);
        _models.Add(new LockedModel(name, _fields));
        return true;
    }

    private bool TakeField(string name, string[] words)
    {
        if (_fields is null || _fields.Any(other => other.Name == name)) return false;
        var marks = words.Skip(3).ToArray();
        if (marks.Any(static mark => mark is not (LockSyntax.Nullable or LockSyntax.Id))) return false;
        _fields.Add(new LockedField(name, LockSyntax.Name(words[2]), marks.Contains(LockSyntax.Nullable), marks.Contains(LockSyntax.Id)));
        return true;
    }

    private bool TakePipeline(string name, string[] words)
    {
        if (_pipelines is null || _models is null || _pipelines.Any(other => other.Name == name)) return false;
        var each = words.Length == 4 ? LockSyntax.Name(words[3]) : null;
        if (each is not null && _models.All(model => model.Name != each)) return false;
        (_fields, _steps) = (null, []);
        _pipelines.Add(new LockedPipeline(name, each, _steps));
        return true;
    }

    private bool TakeStep(string name, string[] words)
    {
        if (_steps is null || _steps.Any(other => other.Name == name)) return false;
        var after = words.Skip(3).Select(LockSyntax.Name).ToArray();
        if (after.Any(before => _steps.All(step => step.Name != before))) return false;
        _step = new LockedStep(name, after, "");
        return true;
    }

    private bool TakeBody(string hash)
    {
        if (_step is null || _steps is null || !BodyHash.IsOne(hash)) return false;
        _steps.Add(_step with { Body = hash });
        _step = null;
        return true;
    }
}
