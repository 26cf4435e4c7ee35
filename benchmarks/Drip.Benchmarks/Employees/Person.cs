namespace Drip.Benchmarks.Employees;

/// <summary>Made-up employees, the same ones each time.</summary>
internal static class Person
{
    private static readonly string[] Departments = ["eng", "sales", "support", "finance", "people"];
    private static readonly string[] FirstNames = ["Annika", "Boris", "Chloé", "Dmitri", "Eva", "Farid", "Grace", "Hana", "Ivan", "Jo"];
    private static readonly string[] LastNames = ["Leeson", "Novak", "Okafor", "Pérez", "Quinn", "Rossi", "Schmidt", "Tanaka", "Unger", "van Dyk"];

    public static IEnumerable<Employee> Some(int rows)
    {
        var random = new Random(42);
        for (var i = 1; i <= rows; i++)
        {
            var name = $"{FirstNames[random.Next(10)]} {LastNames[random.Next(10)]}";
            var department = random.Next(20) == 0 ? null : Departments[random.Next(5)];
            yield return new Employee(i, name, department, random.Next(18, 67), random.Next(10) != 0);
        }
    }
}
