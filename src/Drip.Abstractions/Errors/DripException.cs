namespace Drip;

/// <summary>What kind of trouble a <see cref="DripException"/> reports; its number is the exit code of a worker.</summary>
public enum DripErrorKind
{
    /// <summary>The user asked for something that cannot be: an unknown job, a malformed option, a missing table.</summary>
    Usage = 2,

    /// <summary>A run failed: the author's code threw, or a row could not be read.</summary>
    RunFailed = 3,

    /// <summary>Work was put aside and can go on later, for example because the disk is full.</summary>
    Paused = 4,

    /// <summary>The run, or the database file, is held by somebody else.</summary>
    Busy = 6,

    /// <summary>A database cannot be reached, read or written, or is damaged.</summary>
    Store = 7,

    /// <summary>The store's schema is newer or older than this binary.</summary>
    Schema = 8,
}

/// <summary>
/// A mistake or a condition that a person can do something about. It carries one sentence that says what is wrong
/// (<see cref="Exception.Message"/>) and one that says what to do (<see cref="Remedy"/>); the command line prints both
/// without a stack trace. Everything that is not a <see cref="DripException"/> is treated as a bug and shown whole.
/// </summary>
/// <param name="kind">Decides the exit code.</param>
/// <param name="code">A stable, kebab-case name of the mistake, for example <c>unknown-job</c>.</param>
/// <param name="problem">One sentence: what is wrong.</param>
/// <param name="remedy">One sentence: what to do about it.</param>
/// <param name="inner">The error underneath, if there is one.</param>
public sealed class DripException(DripErrorKind kind, string code, string problem, string remedy, Exception? inner = null)
    : Exception(problem, inner)
{
    /// <summary>What kind of trouble this is.</summary>
    public DripErrorKind Kind { get; } = kind;

    /// <summary>A stable, kebab-case name of the mistake.</summary>
    public string Code { get; } = code;

    /// <summary>One sentence that says what to do.</summary>
    public string Remedy { get; } = remedy;
}
