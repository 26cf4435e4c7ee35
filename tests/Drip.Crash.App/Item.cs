namespace Drip.Crash.App;

/// <summary>A row to be handled once.</summary>
/// <param name="Id">The key.</param>
/// <param name="State">What becomes of who handles it: <c>sound</c>, <c>poison</c> or <c>deadly</c>.</param>
/// <param name="Revision">How often it was handled.</param>
[Model("items")]
public partial record Item(long Id, string State, int Revision)
{
    /// <summary>The item after it was handled, and what shows that it was.</summary>
    public void Raise(Changes<Item> items, Changes<Effect> effects)
    {
        items.Update(this with { Revision = Revision + 1 });
        effects.Insert(new Effect(0, Id));
    }
}

/// <summary>Says that an item was handled.</summary>
[Model("effects")]
public partial record Effect(long Id, long Item);
