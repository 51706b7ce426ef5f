using DiscordIntel.Results;

namespace DiscordIntel.Discord;

/// <summary>What became of a reply.</summary>
public sealed record ReplyOutcome
{
    /// <summary>How it ended.</summary>
    public required ReplyEnd End { get; init; }

    /// <summary>Messages written.</summary>
    public int Messages { get; init; }

    /// <summary>Calls made to the sink, failed ones included.</summary>
    public int SinkCalls { get; init; }

    /// <summary>Calls that Discord refused for now (429).</summary>
    public int RateLimited { get; init; }

    /// <summary>Characters of the answer that the messages show, in UTF-16 units; a file does not count.</summary>
    public long CharsShown { get; init; }

    /// <summary>Whether the whole answer was attached as <c>answer.md</c>.</summary>
    public bool OverflowAttached { get; init; }

    /// <summary>Whether a message was sent a second time without knowing that the first had failed.</summary>
    public bool PossiblyDuplicated { get; init; }

    /// <summary>The account of the model's call when the stream came to its end; a call that was stopped is in the usage of its tenant.</summary>
    /// <value>Default: <see cref="StepReceipt.None"/>.</value>
    public StepReceipt Receipt { get; init; } = StepReceipt.None;

    /// <summary>What the model's stream failed with; null unless <see cref="End"/> is <see cref="ReplyEnd.ModelFailed"/>.</summary>
    public StepError? Error { get; init; }

    /// <summary>The last failure of the sink, for the host's log; null when every call went well. Never show it.</summary>
    public Exception? SinkFault { get; init; }
}
