namespace Drip.Runs;

/// <summary>What people ask of a run; its worker looks after each batch, and at least each second while it sleeps.</summary>
public enum RunRequestKind
{
    /// <summary>Finish the batch and put the run aside.</summary>
    Pause,
    /// <summary>Finish the batch and end the run.</summary>
    Stop,
}

/// <summary>Questions about requests.</summary>
public static class RunRequestKindExtensions
{
    /// <summary>The request as it is stored and typed: lower case.</summary>
    public static string ToName(this RunRequestKind kind) => kind == RunRequestKind.Pause ? "pause" : "stop";

    /// <summary>The request with this name, or null if there is none.</summary>
    public static RunRequestKind? FromName(string name) => name switch
    {
        "pause" => RunRequestKind.Pause,
        "stop" => RunRequestKind.Stop,
        _ => null,
    };
}
