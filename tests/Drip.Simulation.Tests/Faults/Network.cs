using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Faults;

/// <summary>Carries requests of processes to services and their replies back, each in its own time, and spoils some of them.</summary>
internal sealed class Network(Schedule schedule, Random random)
{
    /// <summary>How much goes wrong now.</summary>
    public FaultRates Rates { get; set; } = FaultRates.None;

    /// <summary>Sends a request.</summary>
    /// <param name="sender">Who asks. A dead process gets no answer.</param>
    /// <param name="service">Who is asked.</param>
    /// <param name="what">What is asked, for the trace.</param>
    /// <param name="effect">What the service does, all at once.</param>
    /// <param name="cancellationToken">Ends the sender's wait, unless the service has done it already.</param>
    /// <param name="isFree">Whether nobody holds a lock that this needs; it waits until that is so.</param>
    /// <param name="isLocal">Whether the service is in the sender's own process, so that no message travels.</param>
    public ValueTask<T> SendAsync<T>(
        VirtualProcess sender, Service service, string what, Func<T> effect, CancellationToken cancellationToken = default, Func<bool>? isFree = null, bool isLocal = false)
    {
        schedule.CheckThread();
        var request = new Request<T>(this, sender, service, what, effect, isFree, service.IsRemote && !isLocal);
        if (!sender.IsDead) request.Send(cancellationToken);
        return new ValueTask<T>(request.Reply);
    }

    private TimeSpan Travel() => random.NextDouble() < Rates.Slow
        ? TimeSpan.FromSeconds(Math.Pow(10, random.NextDouble() * 2.3 - 0.5))
        : TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.NextDouble() * 100 : random.NextDouble() * 4);

    private bool Happens(double rate) => rate > 0 && random.NextDouble() < rate;

    private sealed class Request<T>(Network network, VirtualProcess sender, Service service, string what, Func<T> effect, Func<bool>? isFree, bool travels)
    {
        // Its continuations run where it is completed: in the event that completes it.
        private readonly TaskCompletionSource<T> _reply = new();
        private readonly bool _isRefused = network.Happens(network.Rates.Refused);
        private readonly bool _losesReply = travels && network.Happens(network.Rates.LostReplies);
        private CancellationTokenRegistration _cancellation;
        private bool _isDone;

        // A message that is on its way arrives, whatever becomes of its sender.
        private readonly VirtualProcess? _executesIn = travels && network.Happens(0.5) ? null : sender;

        public Task<T> Reply => _reply.Task;

        public void Send(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _reply.SetCanceled(cancellationToken);
                return;
            }

            if (cancellationToken.CanBeCanceled) _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((Request<T>)state!).Cancel(token), this);
            network.Schedule.After(network.Travel(), _executesIn, Execute);
        }

        private void Cancel(CancellationToken token)
        {
            if (_isDone || sender.IsDead) return;
            // What has been sent may be done, although nobody waits for the answer any more.
            var isDoneAnyway = _executesIn is null && !service.IsAway && !_isRefused && isFree?.Invoke() != false;
            if (isDoneAnyway) Ignore(effect);
            _isDone = true;
            network.Schedule.Tell(sender, $"{what}: cancelled{(isDoneAnyway ? ", and done" : "")}");
            _reply.TrySetCanceled(token);
        }

        private void Ignore(Func<T> act)
        {
            try
            {
                act();
            }
            catch (SimulationFailure failure)
            {
                network.Schedule.Fail(failure);
            }
            catch (Exception error) when (error is DripException or InvalidOperationException)
            {
                // The service has refused it, and nobody hears of that.
            }
        }

        private void Execute()
        {
            if (_isDone) return;
            if (service.IsAway) Answer(service.Unreachable());
            else if (_isRefused) Answer(network.Happens(0.7) ? service.Busy() : service.Unreachable());
            else if (isFree?.Invoke() == false) service.Wait(_executesIn, Execute, GiveUp);
            else Do();
        }

        private void Do()
        {
            if (_isDone) return;
            try
            {
                var value = effect();
                network.Schedule.Tell(sender, $"{what} -> {Show(value)}{(_losesReply ? ", and the reply is lost" : "")}");
                if (_losesReply) AnswerLater(() => _reply.SetException(service.ConnectionLost()));
                else AnswerLater(() => _reply.SetResult(value));
            }
            catch (Exception error) when (error is not SimulationFailure)
            {
                Answer(error);
            }
        }

        private void GiveUp()
        {
            if (!_isDone) Answer(service.Busy());
        }

        private void Answer(Exception error)
        {
            network.Schedule.Tell(sender, $"{what}: {error.Message}");
            AnswerLater(() => _reply.SetException(error));
        }

        private void AnswerLater(Action answer)
        {
            _cancellation.Dispose();
            _isDone = true;
            network.Schedule.After(network.Travel(), sender, answer);
        }

        private static string Show(T value) => value switch
        {
            null => "none",
            Drip.Data.Cursor cursor => Show(cursor),
            Drip.Runs.Run run => $"{run.Status} e{run.Epoch}{(run.Request is { } request ? $" {request}" : "")}",
            IReadOnlyList<Drip.Data.Cursor> cursors => string.Join("; ", cursors.Select(Show)),
            System.Collections.ICollection list => $"{list.Count}",
            _ => value.ToString()!,
        };

        private static string Show(Drip.Data.Cursor cursor) =>
            $"p{cursor.Partition} e{cursor.Epoch} ({cursor.Lower}..{cursor.After}..{cursor.Upper}]{(cursor.IsDone ? " done" : "")}{(cursor.Owner is null ? "" : " owned")}{(cursor.Retries > 0 ? $" r{cursor.Retries}" : "")}";
    }

    private Schedule Schedule => schedule;
}
