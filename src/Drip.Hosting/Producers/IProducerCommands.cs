using System.CommandLine;

namespace Drip.Hosting.Producers;

/// <summary>
/// The commands for producers. Only <see cref="DripAppBuilder.AddProducer"/> makes an object of it, so that the binary of a worker without
/// producers carries neither the commands nor what they run.
/// </summary>
internal interface IProducerCommands
{
    /// <summary>The commands, each with an example of its arguments.</summary>
    IEnumerable<KeyValuePair<string, Command>> Create(Worker worker);
}
