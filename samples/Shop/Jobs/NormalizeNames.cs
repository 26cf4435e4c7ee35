using System.Globalization;

namespace Shop;

/// <summary>Writes names the way people write them, row by row. Counts each touch, so that anyone can see that no row was touched twice.</summary>
[Backfill(Description = "Write names as 'Ann Lee', and count the touch in revision")]
public partial class NormalizeNames
{
    public Scope<Employee> Scope() => Employee.All;

    public void ProcessElement(Employee employee, Changes<Employee> changes) =>
        changes.Update(employee with { Name = Normalize(employee.Name), Revision = employee.Revision + 1 });

    private static string Normalize(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < words.Length; i++) words[i] = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(words[i].ToLowerInvariant());
        return string.Join(' ', words);
    }
}
