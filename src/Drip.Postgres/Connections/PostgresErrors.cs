using System.Globalization;
using Npgsql;

namespace Drip.Postgres;

/// <summary>
/// What PostgreSQL's errors mean to people, and whether the same may succeed in a moment. What is the matter with a row (a value, a constraint) is not
/// explained: then the row is looked for. The table is in <c>docs/reliability.md</c>.
/// </summary>
internal static class PostgresErrors
{
    private const string ItIsTriedAgain = "Nothing is to be done: what was begun is rolled back and tried again.";

    /// <summary>The error in words; null where it is none that is known, or a row's.</summary>
    public static DripException? Explain(Exception error, PostgresDatabase database) => error switch
    {
        PostgresException answer => OfState(answer, database),
        NpgsqlException lost => ConnectionErrors.Explain(lost, database),
        _ => null,
    };

    private static DripException? OfState(PostgresException error, PostgresDatabase database)
    {
        var (name, said) = (database.Description, error.MessageText.TrimEnd('.'));
        return error.SqlState switch
        {
            "40001" or "40003" => Of(DripErrorKind.Busy, "serialization-failure", $"{name} undid a transaction that met another one: {said}.", ItIsTriedAgain),
            "40P01" => Of(DripErrorKind.Busy, "deadlock", $"{name} undid a transaction because it and another one waited for each other.", ItIsTriedAgain),
            "55P03" => Of(DripErrorKind.Busy, "lock-timeout", $"Another program held a lock in {name} for longer than {Text(database.Settings.LockTimeout)}.",
                "Find it in pg_stat_activity; if it is right to hold locks for so long, give Drip:Postgres:LockTimeout more time."),
            "55006" => Of(DripErrorKind.Busy, "in-use", $"Something in {name} is in use by another program: {said}.", "Wait until that is done, and try again."),
            "57014" => Of(DripErrorKind.Busy, "statement-timeout", $"{name} ended a statement that took longer than {Text(database.Settings.StatementTimeout)}, or that somebody cancelled there.",
                "Look for an index that the scope's condition is missing, make batches smaller, or give Drip:Postgres:StatementTimeout more time."),

            "57P01" or "57P02" or "57P03" => Lost($"{name} is shutting down or starting, or an administrator ended the connection: {said}."),
            "57P05" or "25P03" or "25P04" => Lost($"{name} ended a connection on which nothing was said for too long: {said}.",
                "If the job's method takes longer than that between two statements of one batch, make batches smaller, or give Drip:Postgres:IdleInTransactionTimeout more time."),
            "53300" => Lost($"{name} accepts no further connection: {said}.", "Close some, let fewer workers run, or raise max_connections of the server."),
            "08P01" => Lost($"{name}, or a pooler before it, ended the connection: {said}."),
            { } state when state.StartsWith("08", StringComparison.Ordinal) => Lost($"The connection to {name} broke: {said}."),

            "53100" => Of(DripErrorKind.Paused, "disk-full", $"The disk of {name} is full.", "Make room and run the same command again: work goes on after the last committed batch."),
            "58030" => Of(DripErrorKind.Paused, "disk-error", $"A disk of {name} could not be read or written: {said}.",
                "Check that the server's disks have room and are healthy, and run the same command again: work goes on after the last committed batch."),
            "25006" => Of(DripErrorKind.Paused, "database-read-only", $"{name} can only be read now: {said}.",
                "Connect to the primary server (add Target Session Attributes=primary where the connection string names several), or let this one be written to, and run the same command again."),
            "53200" => Of(DripErrorKind.Busy, "server-memory", $"{name} has too little memory: {said}.", "Make batches smaller, let fewer workers run, or give the server more."),
            "53400" => Of(DripErrorKind.Store, "server-limit", $"{name} has met a limit of its configuration: {said}.", "Raise the limit, or make batches smaller."),

            { } state when state.StartsWith("28", StringComparison.Ordinal) => Of(DripErrorKind.Store, "login-refused", $"{name} refuses the login: {said}.",
                "Check the user and the password in the connection string, and pg_hba.conf of the server."),
            "3D000" or "57P04" => Of(DripErrorKind.Store, "database-missing", $"There is no database {name}: {said}.", "Check the database's name in the connection string, or create it."),
            "42501" => Of(DripErrorKind.Store, "not-allowed", $"The user of {name} lacks a right: {said}.", "Let the owner grant it, or connect as another user."),
            "XX001" or "XX002" or "58P01" => Of(DripErrorKind.Store, "database-damaged", $"{name} is damaged: {said}.",
                "Stop every program that writes to it, copy the server's files, and restore a backup, or look for the damage with: pg_amcheck"),
            "26000" or "42P05" => Of(DripErrorKind.Store, "pooler", $"{name} does not keep what was prepared for a connection: {said}.",
                "A pooler that lends its sessions for one transaction is in between: set Drip:Postgres:PollOnly to true."),

            "42P01" => MissingTable(),
            "42703" => Of(DripErrorKind.Usage, "missing-column", $"There is no column {Named(error)} in the table that was asked for, in {name}.",
                "Check the column's name, and that the database has the schema that the job was written for."),
            "3F000" => Of(DripErrorKind.Usage, "missing-schema", $"There is no schema for what was asked for in {name}: {said}.", "Create it, or give the user a search_path with one that exists."),
            "42601" or "42883" or "42702" or "42704" or "42P18" => Of(DripErrorKind.Usage, "bad-sql", $"{name} cannot execute a statement of the job: {said}.",
                "Mend the SQL of the job: it fails whatever the rows hold."),
            "25P02" => Of(DripErrorKind.RunFailed, "transaction-ended", $"A statement of the batch had failed in {name} before, and its error did not leave the method.",
                "Let errors of the database leave the method, and leave COMMIT and ROLLBACK to Drip."),
            _ => null,
        };

        DripException Of(DripErrorKind kind, string code, string problem, string remedy) => new(kind, code, problem, remedy, error);

        DripException Lost(string problem, string remedy = ConnectionErrors.Remedy) => Of(DripErrorKind.Busy, ConnectionErrors.Lost, problem, remedy);

        DripException MissingTable()
        {
            var table = Named(error);
            var bare = table[(table.LastIndexOf('.') + 1)..];
            return bare switch
            {
                "drip_cursor" or "drip_quarantine" or "drip_batch_outbox" => Of(DripErrorKind.Schema, "progress-missing",
                    $"The table {table}, in which Drip keeps how far runs have come, was dropped in {name}.", "Bring it back from a backup; without it, start the worker again, and begin its runs anew."),
                _ when bare.StartsWith("drip_", StringComparison.Ordinal) => Of(DripErrorKind.Schema, "store-not-migrated",
                    $"The table {table} of Drip's store is missing in {name}.", "Run 'store migrate'."),
                _ => Of(DripErrorKind.Usage, "missing-table", $"There is no table {table} in {name}.", "Check the table's name, its schema, and that this is the right database."),
            };
        }
    }

    // Only the text names it, in the server's language, but in quotes in each of them.
    private static string Named(PostgresException error)
    {
        const string quotes = "\"«»„“”「」";
        var text = error.MessageText;
        var start = text.AsSpan().IndexOfAny(quotes);
        var end = start < 0 ? -1 : text.AsSpan(start + 1).IndexOfAny(quotes) + start + 1;
        return end <= start ? $"({text})" : text[(start + 1)..end].Trim().Trim('\u00A0');
    }

    private static string Text(TimeSpan time) => time.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");
}
