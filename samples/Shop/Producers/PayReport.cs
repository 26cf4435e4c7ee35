using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>
/// A report on what each department would cost if pay followed the market: counts people in the shop's database, asks a slow service for
/// each department's rate, two at a time, adds up, and writes a page of Markdown.
/// </summary>
[Producer(Description = "What each department costs at the market's rates, as a page of Markdown")]
public partial class PayReport
{
    /// <summary>A department as the shop's tables have it, and the rate once it is known.</summary>
    [Model]
    public partial record Department(string Id, int People, int Active, decimal? Rate);

    /// <summary>The sums over all departments.</summary>
    [Model]
    public partial record Total(string Id, int People, decimal Cost);

    /// <summary>Reads the shop's tables.</summary>
    [Pipeline]
    public partial class Collect
    {
        [Step]
        public void CountPeople()
        {
            using var connection = new SqliteConnection($"Data Source={ShopDatabase.FileName};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(department, 'none'), count(*), sum(active) FROM employees GROUP BY 1 ORDER BY 1";
            using var reader = command.ExecuteReader();
            while (reader.Read()) Changes.Create(new Department(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), Rate: null));
        }
    }

    /// <summary>Asks for the rate of each department; the service bears two questions at a time.</summary>
    [Pipeline(Each = typeof(Department), Concurrency = 2)]
    public partial class Price
    {
        [Step(Timeout = "30s")]
        public async Task AskRate(MarketRates rates, CancellationToken cancellationToken)
        {
            Label($"asking for {Record.Id}");
            var rate = await rates.AskAsync(Record.Id, cancellationToken);
            Stream.Push(new Priced(Record.Id, rate));
            Changes.Update(Record with { Rate = rate });
        }
    }

    /// <summary>Adds up and writes, when every department has its rate.</summary>
    [Pipeline]
    public partial class Write
    {
        public bool Open() => Store.All<Department>() is { Count: > 0 } departments && departments.All(department => department.Rate is not null);

        [Step]
        public void AddUp()
        {
            var departments = Store.All<Department>();
            Changes.Create(new Total("all", departments.Sum(department => department.People), departments.Sum(Cost)));
        }

        [Step]
        public void WriteReport()
        {
            var page = new StringBuilder("# Pay at the market's rates\n\n| department | people | active | rate | cost |\n|---|---:|---:|---:|---:|\n");
            foreach (var department in Store.All<Department>())
                page.Append(CultureInfo.InvariantCulture, $"| {department.Id} | {department.People} | {department.Active} | {department.Rate} | {Cost(department)} |\n");
            var total = Store.Find<Total>("all")!;
            page.Append(CultureInfo.InvariantCulture, $"\n{total.People} people, {total.Cost} in all.\n");

            // Made beside its place and moved there, so that nobody ever reads half a report, and doing it twice does no harm.
            File.WriteAllText(FileName + ".unfinished", page.ToString());
            File.Move(FileName + ".unfinished", FileName, overwrite: true);
        }

        private static decimal Cost(Department department) => department.Active * (department.Rate ?? 0);
    }

    /// <summary>The report's file, in the current directory.</summary>
    public const string FileName = "pay-report.md";

    /// <summary>A rate is known.</summary>
    public sealed record Priced(string Department, decimal Rate);

    [On]
    public void OnPriced(Priced priced) => Console.Error.WriteLine($"{priced.Department} costs {priced.Rate.ToString(CultureInfo.InvariantCulture)} a head");
}
