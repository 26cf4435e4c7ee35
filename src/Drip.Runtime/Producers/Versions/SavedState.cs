using System.Text.Encodings.Web;
using System.Text.Json;
using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>
/// The state at a version as a JSON file: a head that says what it is, and for each model an array of its records, the records of steps last.
/// The file appears whole or not at all.
/// </summary>
internal static class SavedState
{
    private const string Format = "drip-producer";
    private const int FormatVersion = 1;
    private const int FlushAt = 1 << 20;

    public static async Task WriteAsync(
        string file, ProducerPlan plan, VersionOrigin origin, DateTimeOffset at, IReadOnlyList<object>[] records, CancellationToken cancellationToken)
    {
        var unfinished = $"{file}.{Guid.NewGuid():N}.unfinished";
        try
        {
            var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, FlushAt, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                await WriteAsync(stream, plan, origin, at, records, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DripException(
                DripErrorKind.Store, "file-not-written", $"The file {file} cannot be written: {error.Message}", "Give a path that can be written, on a disk with room.", error);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Reads a file: for each model its records.</summary>
    /// <exception cref="DripException">The file cannot be read, is torn, is none of Drip's, is newer, or is another producer's.</exception>
    public static async Task<IReadOnlyList<object>[]> ReadAsync(string file, ProducerPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, FlushAt, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                using var json = await JsonDocument.ParseAsync(stream, default, cancellationToken).ConfigureAwait(false);
                return Read(file, plan, json.RootElement);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DripException(
                DripErrorKind.Usage, "file-not-read", $"The file {file} cannot be read: {error.Message}", "Give a file that SaveAsync wrote.", error);
        }
        catch (JsonException error)
        {
            throw new DripException(
                DripErrorKind.Usage, "file-torn", $"The file {file} is torn, or not JSON: {error.Message}", "Give a whole file that SaveAsync wrote.", error);
        }
    }

    private static async Task WriteAsync(
        Stream stream, ProducerPlan plan, VersionOrigin origin, DateTimeOffset at, IReadOnlyList<object>[] records, CancellationToken cancellationToken)
    {
        var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("producer", plan.Name);
            json.WriteString("run", origin.Run);
            json.WriteNumber("version", origin.Version);
            json.WriteString("at", at);
            json.WriteStartObject("records");
            var models = new ProducerModels(plan);
            for (var model = 0; model < models.All.Count; model++)
            {
                json.WriteStartArray(models.All[model].Name);
                foreach (var record in records[model])
                {
                    models.All[model].Accept(new JsonRecordWriter(json, record));
                    if (json.BytesPending > FlushAt) await json.FlushAsync(cancellationToken).ConfigureAwait(false);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static IReadOnlyList<object>[] Read(string file, ProducerPlan plan, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format))
        {
            throw new DripException(
                DripErrorKind.Usage, "file-foreign", $"The file {file} was not written by SaveAsync of a producer.", "Give a file that SaveAsync wrote.");
        }

        var version = root.GetProperty("formatVersion").GetInt32();
        if (version > FormatVersion)
        {
            throw new DripException(
                DripErrorKind.Schema, "file-newer", $"The file {file} has the format {version}; this Drip reads formats up to {FormatVersion}.",
                "Use the version of Drip that wrote it, or a newer one.");
        }

        var producer = root.GetProperty("producer").GetString();
        if (producer != plan.Name)
        {
            throw new DripException(
                DripErrorKind.Usage, "file-of-other-producer", $"The file {file} is one of the producer {producer}, not of {plan.Name}.",
                $"Give a file that {plan.Name} wrote.");
        }

        return ReadRecords(file, plan, root.GetProperty("records"));
    }

    private static IReadOnlyList<object>[] ReadRecords(string file, ProducerPlan plan, JsonElement records)
    {
        var models = new ProducerModels(plan);
        var all = new IReadOnlyList<object>[models.All.Count];
        Array.Fill(all, []);
        foreach (var member in records.EnumerateObject())
        {
            var model = IndexOf(models, member.Name);
            if (model < 0)
            {
                throw new DripException(
                    DripErrorKind.Usage, "model-missing", $"The file {file} has records of {member.Name}, which is no model of {plan.Name}.",
                    $"Say with [Renamed(\"{member.Name}\")] on a model what became of it, or run without the file.");
            }

            var read = new List<object>(member.Value.GetArrayLength());
            foreach (var record in member.Value.EnumerateArray()) read.Add(models.All[model].Accept(new JsonRecordReader(file, record)));
            all[model] = read;
        }

        return all;
    }

    private static int IndexOf(ProducerModels models, string name)
    {
        for (var model = 0; model < models.All.Count; model++)
        {
            if (models.All[model].Name == name) return model;
        }

        for (var model = 0; model < models.All.Count; model++)
        {
            if (Array.IndexOf(models.All[model].FormerNames, name) >= 0) return model;
        }

        return -1;
    }
}
