using System.CommandLine;
using Drip.Generated;
using Drip.Hosting.Configuration;
using Drip.Hosting.Databases;
using Drip.Hosting.Output;
using Drip.Hosting.Producers;
using Drip.Jobs;
using Drip.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Drip.Hosting;

/// <summary>
/// Puts a worker together: its jobs (<c>builder.AddJobs()</c>, generated), its databases, its services. Made by
/// <see cref="DripApp.CreateBuilder"/>.
/// </summary>
public sealed class DripAppBuilder : IJobRegistry
{
    private readonly List<Action<JobRegistry>> _jobs = [];
    private readonly List<Func<CancellationToken, Task>> _beforeRun = [];
    private readonly List<DatabaseSource> _databases = [];
    private readonly List<Command> _commands = [];
    private ConfigurationManager? _configuration;
    private ILoggingBuilder? _logging;
    private string? _storeName;

    internal DripAppBuilder(string[] arguments) => Arguments = arguments;

    /// <summary>The services that jobs ask for in constructors and methods. The provider is built when the first one is needed.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>
    /// The configuration: <c>appsettings.json</c> and <c>appsettings.{DRIP_ENVIRONMENT}.json</c> (of the current directory,
    /// else beside the program), then environment variables. Read when it is first asked for; a file that cannot be read is
    /// reported by <see cref="DripApp.RunAsync"/>.
    /// </summary>
    public ConfigurationManager Configuration
    {
        get
        {
            if (_configuration is null) (_configuration, ConfigurationProblem) = ConfigurationFiles.Load();
            return _configuration;
        }
    }

    /// <summary>Adds log providers and filters to the worker's own, which writes warnings and worse to standard error.</summary>
    public ILoggingBuilder Logging
    {
        get
        {
            if (_logging is null) Services.AddLogging(logging => _logging = logging);
            return _logging!;
        }
    }

    /// <summary>Where results go; default: standard output.</summary>
    public TextWriter? Output { get; set; }

    /// <summary>Where errors and log messages go; default: standard error.</summary>
    public TextWriter? ErrorOutput { get; set; }

    internal DripException? ConfigurationProblem { get; private set; }

    internal string[] Arguments { get; }

    internal string[] DefaultArguments { get; private set; } = [];

    internal bool HasOwnLogging => _logging is not null;

    internal IReadOnlyList<Action<JobRegistry>> Jobs => _jobs;

    internal IReadOnlyList<Func<CancellationToken, Task>> BeforeRunActions => _beforeRun;

    internal IReadOnlyList<DatabaseSource> Databases => _databases;

    internal string StoreName => _storeName ?? "";

    internal IReadOnlyList<Command> Commands => _commands;

    internal IProducerCommands? ProducerCommands { get; private set; }

    internal TimeProvider Time { get; set; } = TimeProvider.System;

    internal Terminal? Terminal { get; set; }

    internal Action<int> Exit { get; set; } = Environment.Exit;

    /// <summary>
    /// Adds an SQLite file. The default database, which has no name, also holds the worker's store of runs, unless
    /// <see cref="StoreIn"/> says otherwise. The setting
    /// <c>ConnectionStrings:Default</c> (<c>ConnectionStrings:{name}</c> for one with a name) goes before the given text.
    /// </summary>
    /// <param name="connectionString">For example <c>Data Source=shop.db</c>.</param>
    /// <param name="name">The name that <see cref="BackfillAttribute.Database"/> says; empty for the default one.</param>
    /// <exception cref="ArgumentException">There is a database with this name already.</exception>
    public DripAppBuilder UseSqlite(string connectionString, string name = "")
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(name);
        return AddDatabase(SqliteSource.Create(connectionString, name));
    }

    /// <summary>
    /// Adds a PostgreSQL database. The default database, which has no name, also holds the worker's store of runs, unless
    /// <see cref="StoreIn"/> says otherwise. The setting <c>ConnectionStrings:Default</c> (<c>ConnectionStrings:{name}</c> for one with
    /// a name) goes before the given text, and those under <c>Drip:Postgres</c> before the given settings.
    /// </summary>
    /// <param name="connectionString">A connection string of Npgsql, for example <c>Host=db;Database=shop;Username=app</c>.</param>
    /// <param name="name">The name that <see cref="BackfillAttribute.Database"/> says; empty for the default one.</param>
    /// <param name="settings">How Drip uses the database; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is a database with this name already.</exception>
    public DripAppBuilder UsePostgres(string connectionString, string name = "", PostgresSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(name);
        return AddDatabase(PostgresSource.Create(connectionString, name, settings ?? new PostgresSettings()));
    }

    /// <summary>
    /// Says which database holds the store of runs, instead of the default one: for example a PostgreSQL database that many workers
    /// share, while the rows are elsewhere. What says how far a run has come stays beside its rows.
    /// </summary>
    /// <param name="name">The name of one of the worker's databases; it may be added later.</param>
    /// <exception cref="ArgumentException">It was said already.</exception>
    public DripAppBuilder StoreIn(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_storeName is not null) throw new ArgumentException($"The store of runs is in the database '{_storeName}' already.", nameof(name));
        _storeName = name;
        return this;
    }

    /// <summary>
    /// Adds a command of the worker's own. SIGINT and SIGTERM cancel the token that its action gets, and end the process two
    /// seconds later. A <see cref="DripException"/> that it throws is shown as two sentences.
    /// </summary>
    public DripAppBuilder AddCommand(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _commands.Add(command);
        return this;
    }

    /// <summary>Says what the worker does when it is started without arguments; default: it shows its help.</summary>
    public DripAppBuilder DefaultCommand(params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        DefaultArguments = arguments;
        return this;
    }

    /// <summary>Adds something to be done before <c>run</c> and <c>worker</c> touch a database, for example to make the file; options are checked by then.</summary>
    public DripAppBuilder BeforeRun(Func<CancellationToken, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _beforeRun.Add(action);
        return this;
    }

    /// <summary>Adds a backfill; called by the generated <c>AddJobs()</c>.</summary>
    public void AddBackfill<TJob, TRow>() where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow> =>
        _jobs.Add(static registry => registry.AddBackfill<TJob, TRow>());

    /// <summary>Adds the hooks for all jobs; called by the generated <c>AddJobs()</c>.</summary>
    public void AddHookHandler(IHookHandler handler, string name) =>
        _jobs.Add(registry => registry.AddHookHandler(handler, name));

    /// <summary>Adds a producer; called by the generated <c>AddJobs()</c>.</summary>
    public void AddProducer(ProducerInfo producer)
    {
        ProducerCommands ??= new ProducerCommands();
        _jobs.Add(registry => registry.AddProducer(producer));
    }

    /// <summary>Makes the worker.</summary>
    public DripApp Build() => new(this);

    internal DripAppBuilder AddDatabase(DatabaseSource source)
    {
        if (_databases.Exists(other => other.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException(source.Name.Length == 0 ? "There is a default database already." : $"There is a database named '{source.Name}' already.", nameof(source));
        _databases.Add(source);
        return this;
    }
}
