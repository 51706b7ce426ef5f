using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// Tells of alerts outside of the call that caused them: always to the log, and to each sink at least once and in order, a slow or failing one delaying no other.
/// </summary>
internal sealed class AlertOutbox : IAsyncDisposable, IDisposable
{
    internal const int Tries = 5;
    internal static readonly TimeSpan TryTime = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<AlertOutbox> _logger;
    private readonly CancellationTokenSource _stop;
    private readonly (IBudgetAlertSink Sink, Channel<BudgetAlert> Box)[] _boxes;
    private readonly Task _delivery;

    public AlertOutbox(IEnumerable<IBudgetAlertSink> sinks, TimeProvider time, ILogger<AlertOutbox> logger)
    {
        (_time, _logger) = (time, logger);
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _boxes = [.. sinks.Select(sink => (sink, Channel.CreateUnbounded<BudgetAlert>(new UnboundedChannelOptions { SingleReader = true })))];

        // The first call's activity and culture are not the sinks' business.
        using (ExecutionContext.SuppressFlow())
        {
            _delivery = Task.WhenAll([.. _boxes.Select(box => DeliverAsync(box.Sink, box.Box.Reader))]);
        }
    }

    /// <summary>Takes alerts and returns at once.</summary>
    public void Post(IReadOnlyList<BudgetAlert> alerts)
    {
        // By index: nearly always there is none, and an enumerator would be allocated for it.
        for (int i = 0; i < alerts.Count; i++)
        {
            BudgetAlert alert = alerts[i];
            Log.BudgetAlert(_logger, alert.Percent, alert.Account.ToString(), alert.Spent, alert.Limit, alert.Month.ToString());
            foreach ((IBudgetAlertSink sink, Channel<BudgetAlert> box) in _boxes)
            {
                if (!box.Writer.TryWrite(alert))
                {
                    Lost(sink, alert, null);
                }
            }
        }
    }

    /// <summary>Takes nothing more. What is under way has <see cref="FlushTime"/> to arrive; nobody waits for it.</summary>
    public void Dispose()
    {
        foreach ((_, Channel<BudgetAlert> box) in _boxes)
        {
            box.Writer.TryComplete();
        }

        _stop.CancelAfter(FlushTime);
    }

    /// <summary>Takes nothing more, and waits while what is under way arrives or is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();

        // A sink may block its thread and never look at the token: then the time is up all the same.
        await _delivery.WaitAsync(FlushTime + Grace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DeliverAsync(IBudgetAlertSink sink, ChannelReader<BudgetAlert> box)
    {
        // Nothing is in the box yet, so this goes on in the pool, as does every continuation: never on the thread of a call.
        while (await box.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (box.TryRead(out BudgetAlert? alert))
            {
                if (await TellAsync(sink, alert).ConfigureAwait(false) is { } fault)
                {
                    Lost(sink, alert, fault);
                }
            }
        }
    }

    /// <summary>Tells a sink, with repeats. Gives the last fault when it did not take the alert.</summary>
    private async Task<Exception?> TellAsync(IBudgetAlertSink sink, BudgetAlert alert)
    {
        TimeSpan wait = FirstWait;
        for (int left = Tries - 1; ; left--)
        {
            Exception fault;
            try
            {
                _stop.Token.ThrowIfCancellationRequested();

                // A sink that ignores its token must not hold up the alerts after this one.
                await sink.AlertAsync(alert, _stop.Token).AsTask().WaitAsync(TryTime, _time, _stop.Token).ConfigureAwait(false);
                return null;
            }
#pragma warning disable CA1031 // The host's own code may throw anything, and nobody is above this to hear of it.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                fault = thrown;
            }

            if (left == 0 || _stop.IsCancellationRequested)
            {
                return fault;
            }

            // Stopped while waiting: the next look at the token ends it.
            await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait *= 2;
        }
    }

    private void Lost(IBudgetAlertSink sink, BudgetAlert alert, Exception? fault) =>
        Log.AlertLost(_logger, sink.GetType().Name, alert.Percent, alert.Account.ToString(), alert.Month.ToString(), fault);
}
