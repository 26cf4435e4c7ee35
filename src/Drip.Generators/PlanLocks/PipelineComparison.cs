using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>
/// Compares the steps of a pipeline with what the plan lock holds of them. Order is what comes after what: to move a method about that
/// names the steps before it changes nothing, and neither does a new step between two others.
/// </summary>
internal sealed class PipelineComparison
{
    private readonly LockedPipeline _locked;
    private readonly PresentPart<PresentPipeline> _present;
    private readonly LockFindings _findings;
    private readonly IReadOnlyList<(LockedStep Locked, PresentPart<LockedStep> Present)> _kept;
    private readonly StepReach _before;
    private readonly StepReach _now;

    private PipelineComparison(LockedPipeline locked, PresentPart<PresentPipeline> present, LockFindings findings)
    {
        (_locked, _present, _findings) = (locked, present, findings);
        _kept = [.. locked.Steps
            .Select(step => (Locked: step, Present: present.Facts.Steps.Find(step.Name)))
            .Where(static pair => pair.Present is not null)
            .Select(static pair => (pair.Locked, pair.Present!))];
        _before = new StepReach(locked.Steps, _kept.ToDictionary(static pair => pair.Locked.Name, static pair => pair.Present.Name));
        _now = new StepReach(
            present.Facts.Steps.Select(static step => step.Facts),
            _kept.Select(static pair => pair.Present.Name).Distinct().ToDictionary(static name => name));
    }

    public static void Compare(LockedPipeline locked, PresentPart<PresentPipeline> present, LockFindings findings)
    {
        var comparison = new PipelineComparison(locked, present, findings);
        comparison.CompareNames();
        comparison.CompareOrder();
    }

    private void CompareNames()
    {
        var gone = _locked.Steps
            .Where(step => _present.Facts.Steps.Find(step.Name) is null && !RetiredNames.Contain(_present.Symbol, step.Name))
            .ToArray();
        var added = _present.Facts.Steps.Where(step => _kept.All(pair => pair.Present.Name != step.Name)).ToArray();
        foreach (var step in gone)
        {
            var part = $"step '{step.Name}' of the pipeline '{_present.Name}'";
            var retired = $"[Retired(\"{step.Name}\")] on '{_present.Name}'";
            if (SuccessorOf(step, gone, added) is { } successor)
            {
                _findings.Gone(successor.Symbol, part, $"in its place the code has '{successor.Name}'",
                    $"Say [Renamed(\"{step.Name}\")] on '{successor.Name}' if it is the same step, or {retired} if it is not", step.Name);
            }
            else
            {
                _findings.Gone(_present.Symbol, part, "the code has no such step", $"Say [Renamed(\"{step.Name}\")] on the step that it has become, or {retired}");
            }
        }
    }

    // Only where no other step could be meant.
    private PresentPart<LockedStep>? SuccessorOf(LockedStep step, IReadOnlyList<LockedStep> gone, IReadOnlyList<PresentPart<LockedStep>> added)
    {
        var candidates = added.Where(candidate => _before.HasPlaceOf(step.Name, _now, candidate.Name)).ToArray();
        var isOnly = candidates.Length == 1 && gone.Count(other => _before.HasPlaceOf(other.Name, _now, candidates[0].Name)) == 1;
        return isOnly ? candidates[0] : null;
    }

    // Once for each pipeline: where one step moves, the places of others change with it.
    private void CompareOrder()
    {
        foreach (var step in _present.Facts.Steps)
        {
            foreach (var (locked, _) in _kept.Where(pair => pair.Present.Name == step.Name))
            {
                var (before, now) = (_before.Before(locked.Name), _now.Before(step.Name));
                if (before.SetEquals(now)) continue;
                _findings.Changed(step.Symbol, $"step '{step.Name}' of the pipeline '{_present.Name}'", Shown(before), Shown(now));
                return;
            }
        }
    }

    private static string Shown(HashSet<string> steps) => steps.Count == 0
        ? "that it comes after no other step"
        : $"that it comes after {string.Join(", ", steps.OrderBy(static name => name, StringComparer.Ordinal))}";
}
