namespace Drip.Hosting;

/// <summary>What a worker's process says to its parent, beside the numbers of <see cref="DripErrorKind"/>.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Unexpected = 1;
    public const int RunFailed = (int)DripErrorKind.RunFailed;
    public const int Paused = (int)DripErrorKind.Paused;
    public const int Quarantined = 5;
    public const int Busy = (int)DripErrorKind.Busy;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>
    /// The code of an error. A connection that broke is for the engine what a busy database is, a reason to try again; where it was not
    /// made again, the database cannot be reached.
    /// </summary>
    public static int Of(DripException problem) =>
        problem is { Kind: DripErrorKind.Busy, Code: "connection-lost" } ? (int)DripErrorKind.Store : (int)problem.Kind;
}
