using System.ComponentModel;

namespace Drip.Generated;

/// <summary>What the generator makes of a class with <see cref="HookHandlerAttribute"/>. Called by the engine, not by people.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHookHandler
{
    /// <summary>The hooks that the class has.</summary>
    HookSet Hooks { get; }

    /// <summary>Calls the hook of a run.</summary>
    /// <param name="point">One of <see cref="Hooks"/>.</param>
    /// <param name="run">The run.</param>
    /// <param name="next">The action, for an around-hook; else null.</param>
    /// <param name="services">The host's services.</param>
    /// <param name="cancellationToken">Told when the worker cannot wait any longer.</param>
    ValueTask RunHookAsync(
        HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>Calls the hook of a batch.</summary>
    /// <param name="point">One of <see cref="Hooks"/>.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="next">The action, for an around-hook; else null.</param>
    /// <param name="services">The host's services.</param>
    /// <param name="cancellationToken">Told when the worker cannot wait any longer.</param>
    ValueTask BatchHookAsync(
        HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken);
}
