using System.Globalization;
using Drip.Generated;

namespace Drip.Producers;

/// <summary>Reads the id of a record as people type it.</summary>
internal static class TypedId
{
    /// <exception cref="DripException">No record of the model can have such an id.</exception>
    public static RecordId Parse(ModelPlan model, string text) => model.Accept(new Parser(text));

    private sealed class Parser(string text) : IModelVisitor<RecordId>
    {
        public RecordId Visit<T>(ModelPlan<T> model) where T : class, IRecord<T> => T.IdKind switch
        {
            RecordIdKind.Text => text,
            RecordIdKind.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            RecordIdKind.Guid when Guid.TryParse(text, out var guid) => guid,
            var kind => throw new DripException(DripErrorKind.Usage, "malformed-id", $"No {model.Name} can have the id '{text}'.",
                kind == RecordIdKind.Number ? "Its ids are whole numbers." : "Its ids are Guids, for example 6f9619ff-8b86-d011-b42d-00cf4fc964ff."),
        };
    }
}
