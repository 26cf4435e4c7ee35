using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Models;

public sealed class ModelSnapshots
{
    [Fact]
    public void A_record_with_every_type()
    {
        var generation = Generation.Of(TestSources.Everything).Compiles();
        Snapshot.Match(generation.File("Shop.Everything."), "Everything");
    }

    [Fact]
    public void A_record_struct()
    {
        var generation = Generation.Of("""
            namespace Shop;

            [Model("points")]
            public readonly partial record struct Point([Key] int Id, double X, double? Y);
            """).Compiles();
        Snapshot.Match(generation.File("Shop.Point."), "RecordStruct");
    }

    [Fact]
    public void A_class_that_can_be_changed()
    {
        var generation = Generation.Of("""
            namespace Shop;

            public abstract class Entity
            {
                public long Id { get; set; }
            }

            [Model]
            public partial class OrderLine : Entity
            {
                public required string SKU { get; init; }
                public int Quantity { get; set; }
                public byte[]? Picture { get; set; }
                public int Total => Quantity * 2;
                [System.ComponentModel.DataAnnotations.Schema.NotMapped]
                public object? Tag { get; set; }
                public static int Count { get; set; }
            }
            """).Compiles();
        Snapshot.Match(generation.File("Shop.OrderLine."), "MutableClass");
    }

    [Fact]
    public void A_key_of_several_columns()
    {
        var generation = Generation.Of("""
            namespace Shop;

            public static partial class Tables
            {
                [Model("stock")]
                internal partial record Stock([Key(1)] Guid Product, [Key(0)] string Region, [Key(2)] DateTime Day, int Amount);
            }
            """).Compiles();
        Snapshot.Match(generation.File("Shop.Tables-Stock."), "CompositeKey");
    }
}
