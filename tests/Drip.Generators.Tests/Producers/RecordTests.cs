using Drip.Generated;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

/// <summary>What a model of a producer has beyond its codec.</summary>
public sealed class RecordTests
{
    private static readonly Loaded s_loaded = Loaded.Of(TestSources.Engine, """
        [Producer]
        public partial class Shelf
        {
            public enum Level : byte { Low, Middle, High }

            [Model] public partial record Page(int Id, string? Url);
            [Model] public partial record Text(string Id);
            [Model] public partial record Blob(Guid Id) { public long Size { get; init; } }
            [Model] public partial record Line
            {
                [Drip.Key] public long Number { get; init; }
                [OnConflict(Conflict.Max)] public int Most { get; init; }
                [OnConflict(Conflict.Min)] public int? Least { get; init; }
                [OnConflict(Conflict.Max)] public string? Last { get; init; }
                [OnConflict(Conflict.Min)] public string First { get; init; } = "";
                [OnConflict(Conflict.Max)] public Level Top { get; init; }
                [OnConflict(Conflict.Min)] public Level? Bottom { get; init; }
                [OnConflict(Conflict.Max)] public DateTimeOffset At { get; init; }
                [OnConflict(Conflict.Max)] public bool Any { get; init; }
                [OnConflict(Conflict.Sum)] public short Few { get; init; }
                [OnConflict(Conflict.Sum)] public ulong Many { get; init; }
                [OnConflict(Conflict.Sum)] public double Weight { get; init; }
                [OnConflict(Conflict.Sum)] public TimeSpan Took { get; init; }
                [OnConflict(Conflict.LastWriter)] public string? Note { get; init; }
                public int Plain { get; init; }
            }

            public static object[] Lines() =>
            [
                new Line { Number = 1, Most = 5, Least = null, Last = null, First = "b", Top = Level.Middle, Bottom = Level.Middle, At = DateTimeOffset.UnixEpoch, Any = true, Few = 10, Many = 10, Weight = 1.5, Took = TimeSpan.FromSeconds(3), Note = "c", Plain = 1 },
                new Line { Number = 1, Most = 1, Least = 1, Last = "z", First = "a", Few = 4, Many = 9, Weight = 1, Took = TimeSpan.FromSeconds(1), Note = "b", Plain = 2 },
                new Line { Number = 1, Most = 4, Least = 7, Last = "a", First = "c", Top = Level.High, Bottom = null, At = DateTimeOffset.UnixEpoch.AddDays(1), Any = false, Few = 1, Many = 2, Weight = 3, Took = TimeSpan.FromSeconds(5), Note = "a", Plain = 3 },
            ];
        }
        """);

    [Theory]
    [InlineData("Page", RecordIdKind.Number)]
    [InlineData("Line", RecordIdKind.Number)]
    [InlineData("Text", RecordIdKind.Text)]
    [InlineData("Blob", RecordIdKind.Guid)]
    public void An_id_has_a_kind(string model, RecordIdKind kind) => Assert.Equal(kind, Call(nameof(KindOf), model));

    [Fact]
    public void A_record_whose_id_is_nothing_has_none_and_can_be_given_one()
    {
        foreach (var (model, record, id) in new (string, object, RecordId)[]
        {
            ("Page", New("Page", 0, "u"), 3),
            ("Text", New("Text", ""), "a"),
            ("Text", New("Text", [null]), "b"),
            ("Blob", New("Blob", Guid.Empty), Guid.Parse("00000000-0000-0000-0000-000000000007")),
            ("Line", New("Line"), long.MaxValue),
        })
        {
            Assert.Equal(false, Call(nameof(HasId), model, record));
            var named = Call(nameof(WithId), model, record, id)!;
            Assert.Equal(true, Call(nameof(HasId), model, named));
            Assert.Equal(id, Call(nameof(IdOf), model, named));
        }
    }

    [Fact]
    public void A_number_that_is_too_large_for_an_id_is_refused() =>
        Assert.Throws<OverflowException>(() => Call(nameof(WithId), "Page", New("Page", 0, "u"), new RecordId(1L << 40)));

    [Fact]
    public void Two_values_become_one_by_the_policy_of_their_field()
    {
        var lines = (object[])s_loaded.Static("Shelf", "Lines")!;
        var merged = Call(nameof(Merge), "Line", lines[0], lines[1], lines[2], ColumnSet.First(15))!.ToString();
        Assert.Equal(
            "Line { Number = 1, Most = 5, Least = 7, Last = a, First = b, Top = High, Bottom = Middle, At = "
            + $"{DateTimeOffset.UnixEpoch.AddDays(1)}, Any = True, Few = 7, Many = 3, Weight = 3.5, Took = 00:00:07, Note = a, Plain = 3 }}", merged);
    }

    [Fact]
    public void Where_nobody_else_changed_a_field_the_steps_own_value_stays_whatever_the_policy()
    {
        var lines = (object[])s_loaded.Static("Shelf", "Lines")!;
        Assert.Equal(lines[2], Call(nameof(Merge), "Line", lines[0], lines[0], lines[2], ColumnSet.First(15)));
    }

    [Fact]
    public void Fields_that_were_not_changed_stay_as_they_are()
    {
        var lines = (object[])s_loaded.Static("Shelf", "Lines")!;
        Assert.Equal(lines[0], Call(nameof(Merge), "Line", lines[0], lines[1], lines[2], default(ColumnSet)));
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_refused()
    {
        var lines = (object[])s_loaded.Static("Shelf", "Lines")!;
        Assert.Throws<OverflowException>(() => Call(nameof(Merge), "Line", lines[2], lines[0], lines[2], ColumnSet.First(15)));
    }

    [Fact]
    public void A_record_has_no_table_to_ask() => Assert.Null(s_loaded.Type("Shelf+Page").GetMember("All").Concat(s_loaded.Type("Shelf+Page").GetMember("Where")).FirstOrDefault());

    public static RecordIdKind KindOf<T>() where T : class, IRecord<T> => T.IdKind;

    public static bool HasId<T>(T record) where T : class, IRecord<T> => T.HasId(record);

    public static RecordId IdOf<T>(T record) where T : class, IRecord<T> => T.IdOf(record);

    public static T WithId<T>(T record, RecordId id) where T : class, IRecord<T> => T.WithId(record, id);

    public static T Merge<T>(T current, T before, T after, ColumnSet columns) where T : class, IRecord<T> => T.Merge(current, before, after, columns);

    private static object? Call(string method, string model, params object?[] arguments) =>
        Loaded.Call(typeof(RecordTests), method, [s_loaded.Type("Shelf+" + model)], arguments);

    private static object New(string model, params object?[] arguments) => Activator.CreateInstance(s_loaded.Type("Shelf+" + model), arguments)!;
}
