using Drip.Generated;

namespace Drip.Sqlite.Tests.Versions.Harness;

[Model("page")]
internal partial record Page(int Id, string Url, string? Status, long Size) : IRecord<Page>
{
    static RecordIdKind IRecord<Page>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Page>.IdOf(Page record) => record.Id;

    static bool IRecord<Page>.HasId(Page record) => record.Id != 0;

    static Page IRecord<Page>.WithId(Page record, RecordId id) => record with { Id = (int)id.Number };

    static Page IRecord<Page>.Merge(Page current, Page before, Page after, ColumnSet columns) => new(
        current.Id, columns.Contains(1) ? after.Url : current.Url, columns.Contains(2) ? after.Status : current.Status,
        columns.Contains(3) ? after.Size : current.Size);
}

[Model("note")]
internal partial record Note(string Id, double Weight, string? Text) : IRecord<Note>
{
    static RecordIdKind IRecord<Note>.IdKind => RecordIdKind.Text;

    static RecordId IRecord<Note>.IdOf(Note record) => record.Id;

    static bool IRecord<Note>.HasId(Note record) => record.Id.Length > 0;

    static Note IRecord<Note>.WithId(Note record, RecordId id) => record with { Id = id.Text! };

    static Note IRecord<Note>.Merge(Note current, Note before, Note after, ColumnSet columns) => new(
        current.Id, columns.Contains(1) ? after.Weight : current.Weight, columns.Contains(2) ? after.Text : current.Text);
}

[Model("token")]
internal partial record Token(Guid Id, int Uses) : IRecord<Token>
{
    static RecordIdKind IRecord<Token>.IdKind => RecordIdKind.Guid;

    static RecordId IRecord<Token>.IdOf(Token record) => record.Id;

    static bool IRecord<Token>.HasId(Token record) => record.Id != default;

    static Token IRecord<Token>.WithId(Token record, RecordId id) => record with { Id = id.Guid!.Value };

    static Token IRecord<Token>.Merge(Token current, Token before, Token after, ColumnSet columns) =>
        new(current.Id, columns.Contains(1) ? after.Uses : current.Uses);
}
