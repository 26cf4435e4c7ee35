using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>
/// How often next is called on the paths through a hook's control flow graph. Each block is visited until the set of
/// numbers with which it is reached grows no more. An exception enters the handlers around it with the number at that point;
/// a finally block counts as what it adds, wherever it is passed.
/// </summary>
internal sealed class NextPaths
{
    private readonly ControlFlowGraph _graph;
    private readonly NextCarriers _carriers;
    private readonly Dictionary<CaptureId, NextUse> _captures = [];
    private readonly Dictionary<ControlFlowRegion, NextCount> _finallys = [];
    private readonly HashSet<SyntaxNode> _repeated = [];
    private bool _isUsed;

    private NextPaths(ControlFlowGraph graph, NextCarriers carriers)
    {
        (_graph, _carriers) = (graph, carriers);
        foreach (var capture in graph.Blocks.SelectMany(static block => block.Operations).OfType<IFlowCaptureOperation>())
        {
            // What is captured in two places is one of several values, and next only if all are.
            var held = carriers.Carries(capture.Value, _captures) ? NextUse.Call : NextUse.None;
            _captures[capture.Id] = _captures.TryGetValue(capture.Id, out var before) && before != held ? NextUse.HandOver : held;
        }
    }

    /// <summary>Whether the hook can return without having called next.</summary>
    public bool CanSkip { get; private set; }

    /// <summary>Whether nothing in the hook calls next, or gives it to anything that could.</summary>
    public bool NeverCalls => !_isUsed;

    /// <summary>The calls that some path reaches with next called before.</summary>
    public IEnumerable<SyntaxNode> Repeated => _repeated.OrderBy(static call => call.SpanStart);

    public static NextPaths Of(ControlFlowGraph graph, NextCarriers carriers)
    {
        var paths = new NextPaths(graph, carriers);
        var end = new Walk(paths, 0, graph.Blocks.Length - 1).From(0);
        paths.CanSkip = (end & NextCount.Never) != 0;
        return paths;
    }

    private NextCount Added(ControlFlowRegion region)
    {
        if (_finallys.TryGetValue(region, out var known)) return known;
        var added = new Walk(this, region.FirstBlockOrdinal, region.LastBlockOrdinal).From(region.FirstBlockOrdinal);
        return _finallys[region] = added;
    }

    private NextCount Pass(ControlFlowRegion region, NextCount count)
    {
        var added = Added(region);
        if (count.HasCalled() && added.HasCalled())
        {
            var passed = _graph.Blocks.Where(block => block.Ordinal >= region.FirstBlockOrdinal && block.Ordinal <= region.LastBlockOrdinal);
            _repeated.UnionWith(passed.SelectMany(OperationsOf).SelectMany(UsesIn).Where(static use => use.Use == NextUse.Call).Select(static use => use.Place.Syntax));
        }

        return count.Then(added);
    }

    private IEnumerable<(NextUse Use, IOperation Place)> UsesIn(IOperation operation) => _carriers.UsesIn(operation, _captures);

    // What a branch depends on, in a graph where next itself is never null.
    private bool? KnownValue(IOperation condition)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool constant }) return constant;
        return condition is IIsNullOperation test && _carriers.Carries(test.Operand, _captures) ? false : null;
    }

    private static IEnumerable<IOperation> OperationsOf(BasicBlock block) =>
        block.BranchValue is null ? block.Operations : block.Operations.Append(block.BranchValue);

    private static bool CanThrow(IOperation operation) => operation.DescendantsAndSelf().Any(static part =>
        part is IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IDynamicInvocationOperation);

    /// <summary>One walk over the whole graph, or over one finally block.</summary>
    private sealed class Walk(NextPaths paths, int first, int last)
    {
        private readonly NextCount[] _reached = new NextCount[last - first + 1];
        private readonly Queue<int> _open = new();
        private NextCount _end;

        /// <summary>The numbers with which the walk ends.</summary>
        public NextCount From(int block)
        {
            Enter(block, NextCount.Never);
            while (_open.Count > 0) Visit(paths._graph.Blocks[_open.Dequeue()]);
            return _end;
        }

        private void Enter(int block, NextCount count)
        {
            if (block < first || block > last || (count & ~_reached[block - first]) == 0) return;
            _reached[block - first] |= count;
            _open.Enqueue(block);
        }

        private void Visit(BasicBlock block)
        {
            var count = _reached[block.Ordinal - first];
            foreach (var operation in OperationsOf(block)) count = Run(operation, count, block.EnclosingRegion);
            if (block.Kind == BasicBlockKind.Exit)
            {
                _end |= count;
                return;
            }

            var known = block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is null ? null : paths.KnownValue(block.BranchValue);
            var jumps = known is null ? null : (bool?)(known == (block.ConditionKind == ControlFlowConditionKind.WhenTrue));
            if (jumps != false) Follow(block.ConditionalSuccessor, count, block.EnclosingRegion);
            if (jumps != true) Follow(block.FallThroughSuccessor, count, block.EnclosingRegion);
        }

        private NextCount Run(IOperation operation, NextCount count, ControlFlowRegion region)
        {
            var uses = paths.UsesIn(operation).ToArray();
            foreach (var (use, place) in uses)
            {
                if (use == NextUse.Call && count.HasCalled()) paths._repeated.Add(place.Syntax);
                count = count.Then(use == NextUse.Call ? NextCount.Once : NextCount.Unknown);
                paths._isUsed = true;
            }

            // What throws where next is called has called it.
            if (uses.Length > 0 || CanThrow(operation)) Throw(count, region);
            return count;
        }

        private void Follow(ControlFlowBranch? branch, NextCount count, ControlFlowRegion region)
        {
            switch (branch?.Semantics)
            {
                case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                    Throw(count, region);
                    break;
                // A filter that does not match lets the exception go on; a finally block is where its walk ends.
                case ControlFlowBranchSemantics.StructuredExceptionHandling when IsFilter(region):
                    Throw(count, region);
                    break;
                case ControlFlowBranchSemantics.StructuredExceptionHandling:
                    _end |= count;
                    break;
                case ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return when branch.Destination is { } destination:
                    foreach (var passed in branch.FinallyRegions) count = paths.Pass(passed, count);
                    Enter(destination.Ordinal, count);
                    break;
            }
        }

        private void Throw(NextCount count, ControlFlowRegion region)
        {
            for (var inner = region; inner.EnclosingRegion is { } outer; inner = outer)
            {
                if (inner.Kind != ControlFlowRegionKind.Try) continue;
                var handlers = outer.NestedRegions.Remove(inner);
                if (outer.Kind == ControlFlowRegionKind.TryAndFinally)
                {
                    count = paths.Pass(handlers[0], count);
                    continue;
                }

                foreach (var handler in handlers) Enter(handler.FirstBlockOrdinal, count);
                if (handlers.Any(CatchesAll)) return;
            }
        }

        private static bool IsFilter(ControlFlowRegion region)
        {
            for (var current = region; current is not null; current = current.EnclosingRegion)
            {
                if (current.Kind is ControlFlowRegionKind.Filter or ControlFlowRegionKind.Finally) return current.Kind == ControlFlowRegionKind.Filter;
            }

            return false;
        }

        private static bool CatchesAll(ControlFlowRegion handler) =>
            handler.Kind == ControlFlowRegionKind.Catch
            && (handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } || handler.ExceptionType.Is("System.Exception"));
    }
}
