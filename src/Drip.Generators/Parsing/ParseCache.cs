using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>
/// What was found in the last compilations. Most edits make a new compilation whose declarations are those of the last one:
/// then nothing is bound and parsed again, and the pipelines see the very same object. It holds plain data and fingerprints,
/// and nothing that keeps a compilation.
/// </summary>
internal sealed class ParseCache(int capacity)
{
    private readonly ConditionalWeakTable<Compilation, ProjectSpec> _seen = new();
    private readonly LinkedList<(string Fingerprint, ProjectSpec Project)> _last = new();

    /// <summary>That of all generators: one reads a compilation, the others find what it read. An editor has several projects open.</summary>
    public static ParseCache Shared { get; } = new(capacity: 8);

    public ProjectSpec Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(compilation, out var seen)) return seen;
        var fingerprint = CompilationFingerprint.Of(compilation, cancellationToken);
        var project = Find(fingerprint) ?? ProjectParser.Parse(compilation, cancellationToken);
        Keep(fingerprint, project);
        return _seen.GetValue(compilation, _ => project);
    }

    private ProjectSpec? Find(string fingerprint)
    {
        lock (_last)
        {
            foreach (var known in _last)
            {
                if (known.Fingerprint == fingerprint) return known.Project;
            }

            return null;
        }
    }

    private void Keep(string fingerprint, ProjectSpec project)
    {
        lock (_last)
        {
            for (var node = _last.First; node is not null; node = node.Next)
            {
                if (node.Value.Fingerprint != fingerprint) continue;
                _last.Remove(node);
                break;
            }

            _last.AddFirst((fingerprint, project));
            if (_last.Count > capacity) _last.RemoveLast();
        }
    }
}
