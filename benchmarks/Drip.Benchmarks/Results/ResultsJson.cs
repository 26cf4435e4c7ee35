using System.Text.Json;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Results;

/// <summary>The measures for other programs: <c>[{"name","peer","ratio","target","met"}]</c>, the last two where there is a target.</summary>
internal static class ResultsJson
{
    public static void Write(string path, IEnumerable<Measure> measures)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var measure in measures)
        {
            json.WriteStartObject();
            json.WriteString("name", measure.Name);
            json.WriteString("peer", measure.Peer);
            json.WriteNumber("ratio", Math.Round(measure.Ratio, 4));
            if (measure is { Target: { } target, Met: { } met })
            {
                json.WriteNumber("target", target);
                json.WriteBoolean("met", met);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
