using Drip.Generators.Model.Producers;

namespace Drip.Generators.Model;

/// <summary>
/// Everything that is printed for a project. Its types lie in slots that their names choose: the pipelines compare what they
/// had and have by position, and a list would move when a type is added, and be printed again from there on.
/// </summary>
internal sealed record ProjectSpec(
    EquatableArray<EquatableArray<ModelSpec>> Models,
    EquatableArray<EquatableArray<BackfillSpec>> Backfills,
    EquatableArray<EquatableArray<ProducerSpec>> Producers,
    EquatableArray<EquatableArray<HookHandlerSpec>> HookHandlers,
    ManifestSpec? Manifest);
