using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Request(Scale Scale, string? Json, IReadOnlyList<string> Only)
{
    public const string Usage = """
        eng/bench [--quick] [--only NAME]… [--json FILE]
          --quick      Fewer rows and rounds: about 5 minutes
          --only NAME  Only the comparisons whose name contains this
          --json FILE  Also write the results as JSON
        """;

    /// <summary>Null if it cannot be understood.</summary>
    public static Request? Parse(string[] arguments)
    {
        var request = new Request(Scale.Full, null, []);
        while (arguments is [var first, .. string[] rest])
        {
            switch (first)
            {
                case "--quick":
                    request = request with { Scale = Scale.Quick };
                    break;
                case "--json" when rest is [var file, ..]:
                    (request, rest) = (request with { Json = file }, rest[1..]);
                    break;
                case "--only" when rest is [var name, ..]:
                    (request, rest) = (request with { Only = [.. request.Only, name] }, rest[1..]);
                    break;
                default:
                    return null;
            }

            arguments = rest;
        }

        return request;
    }

    public bool Wants(IComparison comparison) =>
        Only.Count == 0 || Only.Any(name => comparison.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
