using Drip.Generated;
using Drip.Producers.Records;

namespace Drip.Producers.Scheduling;

/// <summary>What everything in a run shares.</summary>
/// <param name="Code">The author's code and its plan.</param>
/// <param name="Options">How the producer runs.</param>
/// <param name="Services">The services that steps ask for.</param>
/// <param name="Tables">The records.</param>
/// <param name="Journal">Writes versions.</param>
/// <param name="Stream">The run's events.</param>
internal sealed record RunEnvironment(
    ProducerCode Code, ProducerOptions Options, IServiceProvider Services, RecordTables Tables, Journal Journal, ProducerStream Stream)
{
    public ProducerPlan Plan => Code.Plan;
}
