using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Drip.Servers;

/// <summary>
/// Stands between a worker and its server, and is the network on a bad day: says nothing for a while without closing anything,
/// resets every connection, refuses new ones, or loses the one reply that matters.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<ProxyLink, Task> _links = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;
    private readonly string? _marker;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _silence;
    private volatile TaskCompletionSource? _refusal;
    private volatile CommitLoss? _late;
    private CommitLoss? _loss;

    private TcpProxy(NpgsqlConnectionStringBuilder server, string? marker)
    {
        (_server, _marker) = (new IPEndPoint(IPAddress.Parse(server.Host!), server.Port), marker);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = Port }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The server's connection string, by way of this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>How long each packet takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many connections stand now.</summary>
    public int Connections => _links.Count;

    /// <summary>Begins to forward.</summary>
    /// <param name="connectionString">The server, by the number of its address.</param>
    /// <param name="marker">What a client must have sent for a connection to be one of those whose COMMIT may be lost, for example the name of a table; null for any.</param>
    public static TcpProxy To(string connectionString, string? marker = null) => new(new NpgsqlConnectionStringBuilder(connectionString), marker);

    /// <summary>From now on nothing gets through, and nothing is closed: what is sent waits.</summary>
    public void Silence() => _silence ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What waited gets through, and so does what follows.</summary>
    public void Resume()
    {
        var silence = _silence;
        _silence = null;
        silence?.SetResult();
    }

    /// <summary>Resets every connection there is; new ones are made as ever.</summary>
    public void Reset()
    {
        foreach (var link in _links.Keys) link.Abort();
    }

    /// <summary>Resets every connection there is, and each one that comes, until <see cref="Accept"/>.</summary>
    /// <returns>Done when someone was refused.</returns>
    public Task Refuse()
    {
        _refusal ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reset();
        return _refusal.Task;
    }

    /// <summary>Takes connections again.</summary>
    public void Accept() => _refusal = null;

    /// <summary>Loses the next COMMIT, and with it the client's connection.</summary>
    /// <param name="fate">What becomes of it.</param>
    /// <returns>Done when one was lost.</returns>
    public Task LoseCommit(CommitFate fate)
    {
        var loss = new CommitLoss(fate);
        Volatile.Write(ref _loss, loss);
        return loss.Done.Task;
    }

    /// <summary>The server gets the COMMIT that is late.</summary>
    public void Deliver() => _late?.Delivered.TrySetResult();

    /// <summary>No COMMIT is to be lost any more.</summary>
    public void Spare() => Volatile.Write(ref _loss, null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Reset();
        Resume();
        Deliver();
        await _accepting;
        await Task.WhenAll(_links.Values);
        _stop.Dispose();
    }

    /// <summary>Waits as long as the network makes wait.</summary>
    internal async Task PassAsync()
    {
        if (Delay > TimeSpan.Zero) await Task.Delay(Delay, _stop.Token);
        while (_silence is { } silence) await silence.Task.WaitAsync(_stop.Token);
    }

    /// <summary>The loss that this COMMIT is to suffer, which no other will; null for none.</summary>
    internal CommitLoss? TakeLoss(bool isMarked)
    {
        var loss = isMarked ? Interlocked.Exchange(ref _loss, null) : null;
        if (loss is { Fate: CommitFate.ArrivesLate }) _late = loss;
        return loss;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It is being disposed.
                return;
            }

            var link = new ProxyLink(this, client, _marker);
            if (_refusal is { } refusal)
            {
                link.Abort();
                refusal.TrySetResult();
                continue;
            }

            var run = new Task<Task>(() => RunAsync(link));
            _links[link] = run.Unwrap();
            run.Start(TaskScheduler.Default);
        }
    }

    private async Task RunAsync(ProxyLink link)
    {
        await link.RunAsync(_server);
        _links.TryRemove(link, out _);
    }
}
