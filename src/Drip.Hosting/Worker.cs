using Drip.Batches;
using Drip.Hosting.Configuration;
using Drip.Hosting.Databases;
using Drip.Hosting.Logging;
using Drip.Hosting.Output;
using Drip.Hosting.Producers;
using Drip.Hosting.Signals;
using Drip.Jobs;
using Drip.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Drip.Hosting;

/// <summary>What the commands of one process share. Each part is made when it is first asked for, so that a command pays only for what it uses.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly Lazy<IConfiguration> _configuration;
    private readonly Lazy<OpenDatabases> _databases;
    private readonly Lazy<ILoggerFactory> _loggers;
    private readonly LazyServices _services;

    public Worker(DripAppBuilder builder, Interruption interruption)
    {
        Screen = new Screen(builder.Output ?? Console.Out, builder.ErrorOutput ?? Console.Error, builder.Terminal ?? Terminal.Detect());
        Time = builder.Time;
        BeforeRun = builder.BeforeRunActions;
        ProducerCommands = builder.ProducerCommands;
        Interruption = interruption;
        _configuration = new Lazy<IConfiguration>(() =>
        {
            var configuration = builder.Configuration;
            return builder.ConfigurationProblem is { } problem ? throw problem : configuration;
        });
        _databases = new Lazy<OpenDatabases>(() => new OpenDatabases(builder.Databases, builder.StoreName, Settings, Time));
        _loggers = new Lazy<ILoggerFactory>(() => builder.HasOwnLogging ? _services!.GetRequiredService<ILoggerFactory>() : CreateLoggers());
        _services = new LazyServices(Complete(builder));
    }

    public JobRegistry Jobs { get; } = new();

    public Screen Screen { get; }

    public TimeProvider Time { get; }

    public Interruption Interruption { get; }

    public IReadOnlyList<Func<CancellationToken, Task>> BeforeRun { get; }

    public IProducerCommands? ProducerCommands { get; }

    public IServiceProvider Services => _services;

    public WorkerSettings Settings => new(_configuration.Value);

    public IRunStore Store => _databases.Value.Store;

    public Engine CreateEngine() =>
        new(Jobs, Store, _databases.Value.Rows, _services, Store.Clock ?? Time, _loggers.Value.CreateLogger("Drip")) { Leases = Settings.Leases };

    public async ValueTask DisposeAsync()
    {
        if (_databases.IsValueCreated) await _databases.Value.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
        if (_loggers.IsValueCreated) _loggers.Value.Dispose();
        Interruption.Dispose();
    }

    private LoggerFactory CreateLoggers()
    {
        var options = new LoggerFilterOptions();
        LogLevels.Apply(_configuration.Value, options);
        return new LoggerFactory([new LineLogging(Screen, Time)], options);
    }

    private IServiceCollection Complete(DripAppBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(Time);
        services.TryAddSingleton(_ => _configuration.Value);
        if (builder.HasOwnLogging)
        {
            services.AddSingleton<ILoggerProvider>(new LineLogging(Screen, Time));
            services.Configure<LoggerFilterOptions>(options => LogLevels.Apply(_configuration.Value, options));
        }
        else
        {
            services.TryAddSingleton(_ => _loggers.Value);
            services.TryAddSingleton(typeof(ILogger<>), typeof(Logger<>));
        }

        return services;
    }
}
