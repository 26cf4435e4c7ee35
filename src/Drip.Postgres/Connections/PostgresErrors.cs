using Npgsql;

namespace Drip.Postgres;

/// <summary>What PostgreSQL's errors mean to people, and whether the same may succeed in a moment.</summary>
internal static class PostgresErrors
{
    public static DripException? Explain(Exception error, PostgresDatabase database) => error switch
    {
        PostgresException { IsTransient: true } transient => new DripException(DripErrorKind.Busy, "database-busy",
            $"{database.Description} could not finish a statement now: {transient.MessageText}", "Try again; nothing was changed.", error),
        _ => null,
    };
}
