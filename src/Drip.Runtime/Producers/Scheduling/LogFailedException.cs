namespace Drip.Producers.Scheduling;

/// <summary>The log could not write: no failure of a step, but the end of the run.</summary>
internal sealed class LogFailedException(Exception error) : Exception(error.Message, error);
