using System.Text;
using Drip.Sqlite.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Drip.Sqlite.Tests.Codec;

public sealed class RoundTrips
{
    private static readonly Gen<long> Long = ArbMap.Default.GeneratorFor<long>();
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>().Select(WellFormed);

    private static readonly Gen<Optionals> Row =
        from whole in Long.ArrayOf(8)
        from number in ArbMap.Default.GeneratorFor<double>().Where(value => !double.IsNaN(value))
        from money in ArbMap.Default.GeneratorFor<decimal>()
        from text in Text
        from guid in ArbMap.Default.GeneratorFor<Guid>()
        from moment in ArbMap.Default.GeneratorFor<DateTime>()
        from offset in Gen.Choose(-14 * 60, 14 * 60)
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from holes in Gen.Choose(0, int.MaxValue)
        select Make(whole, number, money, text, guid, moment, offset, bytes, holes);

    [Fact]
    public void Every_row_that_Drip_writes_is_read_back_equal() =>
        Prop.ForAll(Row.ListOf(40).ToArbitrary(), rows => RoundTripAsync([.. rows]).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    private static async Task RoundTripAsync(List<Optionals> rows)
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Optionals>() + Start.Table);
        for (var i = 0; i < rows.Count; i++) rows[i] = rows[i] with { Id = i + 1 };
        var list = bench.Services.Add(new Rows<Optionals>());
        list.AddRange(rows);
        Assert.Null((await bench.RunAsync("write-optionals")).Error);

        list.Clear();
        Assert.Null((await bench.RunAsync("read-optionals", batchSize: 7)).Error);

        Assert.Equal(rows.SelectMany(ColumnRows.Describe), list.SelectMany(ColumnRows.Describe));
    }

    private static Optionals Make(long[] whole, double number, decimal money, string text, Guid guid, DateTime moment, int offset, byte[] bytes, int holes)
    {
        var n = whole.Aggregate(17L, (sum, each) => (sum * 31) + each);
        var since = moment.Ticks > TimeSpan.TicksPerDay && moment < DateTime.MaxValue.AddDays(-1) ? moment : new DateTime(2000, 1, 1);
        T? Sometimes<T>(int bit, T value) where T : struct => (holes >> bit & 1) == 0 ? value : null;
        return new Optionals(
            0, Sometimes(0, n % 2 == 0), Sometimes(1, (sbyte)n), Sometimes(2, (byte)n), Sometimes(3, (short)n), Sometimes(4, (ushort)n), Sometimes(5, (int)n),
            Sometimes(6, (uint)n), Sometimes(7, n), Sometimes(8, (ulong)n), Sometimes(9, (float)number), Sometimes(10, number), Sometimes(11, money),
            Sometimes(12, text.Length > 0 && !char.IsSurrogate(text[0]) ? text[0] : 'x'), (holes >> 13 & 1) == 0 ? text : null, Sometimes(14, guid), Sometimes(15, moment),
            Sometimes(16, new DateTimeOffset(DateTime.SpecifyKind(since, DateTimeKind.Unspecified), TimeSpan.FromMinutes(offset))), Sometimes(17, DateOnly.FromDateTime(moment)),
            Sometimes(18, TimeOnly.FromDateTime(moment)), Sometimes(19, TimeSpan.FromTicks(n)), (holes >> 20 & 1) == 0 ? bytes : null,
            Sometimes(21, (SmallEnum)n), Sometimes(22, (PlainEnum)n), Sometimes(23, (WideEnum)n), Sometimes(24, (HugeEnum)n));
    }

    // Half of a surrogate pair is no character, and no encoding of text can hold it.
    private static string WellFormed(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
