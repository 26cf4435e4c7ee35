using Npgsql;

namespace Drip.Postgres;

/// <summary>
/// Whether a connection is open on the database in which a store is, and sees the store's tables under the store's names for
/// them: then a batch is recorded in its own transaction.
/// </summary>
internal sealed class SameDatabase(PostgresDatabase database)
{
    private readonly NpgsqlConnectionStringBuilder _mine = new(database.Location.Work);
    private volatile Known? _known;

    public bool IsOn(NpgsqlConnection connection)
    {
        // Connections of one source have one text, so it is read once.
        var text = connection.ConnectionString;
        if (_known is not { } known || !ReferenceEquals(known.Text, text)) _known = known = new Known(text, IsSame(new NpgsqlConnectionStringBuilder(text)));
        return known.IsSame;
    }

    // Whoever logs in may have other rights, and names without a schema go where the login and its search path say.
    private bool IsSame(NpgsqlConnectionStringBuilder other) =>
        other.Host == _mine.Host && other.Port == _mine.Port && other.Username == _mine.Username
        && (other.Database ?? other.Username) == (_mine.Database ?? _mine.Username)
        && (database.Settings.Schema is not null || other.SearchPath == _mine.SearchPath);

    private sealed record Known(string Text, bool IsSame);
}
