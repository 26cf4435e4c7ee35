using System.Net;
using System.Net.Sockets;

namespace Drip.Servers;

/// <summary>A COMMIT that is to be lost.</summary>
/// <param name="fate">What becomes of it.</param>
internal sealed class CommitLoss(CommitFate fate)
{
    public CommitFate Fate => fate;

    /// <summary>The client has lost it.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server gets what is late.</summary>
    public TaskCompletionSource Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One connection through a proxy: two sockets, and what goes both ways.</summary>
internal sealed class ProxyLink(TcpProxy proxy, Socket client, string? marker)
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TextWatch? _marked = marker is null ? null : new TextWatch(marker);
    private volatile CommitLoss? _loss;

    /// <summary>Forwards until either end closes, or the connection is reset.</summary>
    public async Task RunAsync(IPEndPoint server)
    {
        client.NoDelay = true;
        try
        {
            await proxy.PassAsync();
            await _server.ConnectAsync(server);
            await Task.WhenAll(UpAsync(), DownAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A connection that breaks at one end breaks at the other, too.
        }

        Abort();
    }

    /// <summary>Resets both ends.</summary>
    public void Abort()
    {
        client.Close(0);
        _server.Close(0);
    }

    private async Task UpAsync()
    {
        var (buffer, isMarked, commit) = (new byte[16384], marker is null, new TextWatch("COMMIT\0"));
        while (await client.ReceiveAsync(buffer) is var count and > 0)
        {
            var bytes = buffer.AsMemory(0, count);
            isMarked |= _marked?.Sees(bytes.Span) ?? false;
            await proxy.PassAsync();
            if (commit.Sees(bytes.Span) && proxy.TakeLoss(isMarked) is { } loss)
            {
                _loss = loss;
                if (loss.Fate == CommitFate.NeverArrives)
                {
                    Abort();
                    loss.Done.SetResult();
                    return;
                }

                if (loss.Fate == CommitFate.ArrivesLate)
                {
                    client.Close(0);
                    loss.Done.SetResult();
                    await loss.Delivered.Task;
                    await SendAsync(_server, bytes);
                    return;
                }
            }

            await SendAsync(_server, bytes);
        }

        Abort();
    }

    private async Task DownAsync()
    {
        var (buffer, committed, rolledBack) = (new byte[16384], new TextWatch("COMMIT\0"), new TextWatch("ROLLBACK\0"));
        while (await _server.ReceiveAsync(buffer) is var count and > 0)
        {
            var bytes = buffer.AsMemory(0, count);
            if (_loss is { } loss)
            {
                // Only now it is certain what became of it.
                if (!committed.Sees(bytes.Span) && !rolledBack.Sees(bytes.Span)) continue;
                Abort();
                loss.Done.TrySetResult();
                return;
            }

            await proxy.PassAsync();
            await SendAsync(client, bytes);
        }

        Abort();
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await to.SendAsync(bytes)..];
    }
}
