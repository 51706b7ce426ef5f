using DiscordIntel.Discord.Markup;
using DiscordIntel.Discord.Streaming;
using DiscordIntel.Results;

namespace DiscordIntel.Discord;

/// <summary>
/// Writes a streamed answer into Discord while it comes: one message that grows, then the next. Every message stays within Discord's length with code blocks and
/// spoilers closed; there are at most 4 calls in 5 seconds and 25 in a minute; no text is lost, and no message is left half-finished. Safe for concurrent use:
/// every run stands for itself.
/// </summary>
/// <param name="options">Settings, language and link policy; null for the defaults.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class DiscordReplyStreamer(ReplyStreamerOptions? options = null, TimeProvider? time = null)
{
    // How long a stream that was cancelled may take to end.
    private static readonly TimeSpan ReaderGrace = TimeSpan.FromSeconds(1);

    private readonly ReplyStreamerOptions _options = Checked(options ?? new());
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Writes one answer. Failures of the model and of the sink are in the outcome, not thrown.</summary>
    /// <param name="stream">The answer, as <c>TextClient.StreamAsync</c> gives it. It is enumerated once, and always disposed.</param>
    /// <param name="sink">Where to write.</param>
    /// <param name="stop">The user's wish to stop: the model is cancelled, and what came is written with a line that says so.</param>
    /// <param name="abort">Gives everything up at once, as when the process ends: the messages stay as they are.</param>
    /// <returns>How it ended. What was shown when the model failed stays, with one sentence and no detail.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">An option or a limit of the sink is out of its range.</exception>
    public Task<ReplyOutcome> RunAsync(
        IAsyncEnumerable<StepResult<StreamChunk>> stream, IReplySink sink, CancellationToken stop = default, CancellationToken abort = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(sink);
        ReplyLimits limits = sink.Limits;
        ArgumentNullException.ThrowIfNull(limits, nameof(sink));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxChars, ReplyLimits.FewestChars, nameof(sink));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxChars, ReplyLimits.MostChars, nameof(sink));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxMessages, 1, nameof(sink));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxMessages, ReplyLimits.MostMessages, nameof(sink));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxFileBytes, nameof(sink));
        return WriteAsync(stream, sink, limits, stop, abort);
    }

    private async Task<ReplyOutcome> WriteAsync(
        IAsyncEnumerable<StepResult<StreamChunk>> stream, IReplySink sink, ReplyLimits limits, CancellationToken stop, CancellationToken abort)
    {
        using var model = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var clock = new RunClock(_time, limits.Deadline);
        var draft = new ReplyDraft(new MessageText(_options.Links, limits.MaxChars, limits.MaxMessages, _options.MaxAnswerChars), model);
        CancellationTokenRegistration stopping = stop.UnsafeRegister(static draft => ((ReplyDraft)draft!).Interrupt(ReplyEnd.Stopped), draft);
        Task reading = ReplyReader.ReadAsync(stream, draft, model.Token);
        try
        {
            return await new ReplyWriter(draft, sink, limits, _options, clock).WriteAsync(abort).ConfigureAwait(false);
        }
        finally
        {
            await stopping.DisposeAsync().ConfigureAwait(false);
            draft.Interrupt(ReplyEnd.Undeliverable);
            await reading.WaitAsync(ReaderGrace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ReplyStreamerOptions Checked(ReplyStreamerOptions options)
    {
        // Without a policy every link would be live.
        ArgumentNullException.ThrowIfNull(options.Links, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Lines, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Cursor, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAnswerChars, 1_000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxAnswerChars, 1_000_000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AckGrace, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.AckGrace, TimeSpan.FromSeconds(60), nameof(options));
        if (options.Cursor.Length > 8 || options.Cursor.AsSpan().ContainsAny("`|\r\n"))
        {
            throw new ArgumentException("The cursor is longer than 8 characters, or holds a backtick, a bar or a line break.", nameof(options));
        }

        return options;
    }
}
