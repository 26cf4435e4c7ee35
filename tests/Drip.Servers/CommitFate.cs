namespace Drip.Servers;

/// <summary>What becomes of a COMMIT that a proxy loses. The client sees the same each time: its connection is gone.</summary>
public enum CommitFate
{
    /// <summary>The server gets it, and its answer does not come back.</summary>
    AnswerIsLost,

    /// <summary>The server never gets it, and sees that the connection is gone.</summary>
    NeverArrives,

    /// <summary>The server gets it when <see cref="TcpProxy.Deliver"/> says so, and does not see until then that the client is gone.</summary>
    ArrivesLate,
}
