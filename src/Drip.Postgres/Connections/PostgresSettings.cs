namespace Drip.Postgres;

/// <summary>How Drip uses a PostgreSQL database.</summary>
public sealed record PostgresSettings
{
    /// <summary>
    /// The schema of Drip's own tables (<c>drip_run</c>, <c>drip_cursor</c> …): letters, digits and underscores, not beginning with a digit.
    /// Made if it is missing. Null for the one that unqualified names go to.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>
    /// For connections through a pooler that lends the server's sessions for one transaction each: nothing is kept in a session
    /// (no LISTEN, no prepared statements, no settings), and workers find work by polling alone.
    /// </summary>
    public bool PollOnly { get; init; }

    /// <summary>How long a statement of a batch may take before the server ends it. Counting and planning may take as long as they need.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a statement waits for another's lock before the batch is rolled back and tried again.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the server keeps the transaction of a worker that says nothing, and with it the locks on its rows. Longer than the author's method
    /// ever takes between two statements of one batch.
    /// </summary>
    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether this can be the <see cref="Schema"/>.</summary>
    internal static bool IsSchema(string name) =>
        name.Length is > 0 and <= 63 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
