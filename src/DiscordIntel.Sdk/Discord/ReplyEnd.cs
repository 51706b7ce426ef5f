namespace DiscordIntel.Discord;

/// <summary>How a reply ended.</summary>
public enum ReplyEnd
{
    /// <summary>The model's answer was complete and was written.</summary>
    Completed,

    /// <summary>The user stopped it; the text so far was written.</summary>
    Stopped,

    /// <summary>The answer passed <see cref="ReplyStreamerOptions.MaxAnswerChars"/>; that much was written and the model was stopped.</summary>
    Truncated,

    /// <summary>The model failed or its stream broke off; the text so far was written, with the sentence of the error.</summary>
    ModelFailed,

    /// <summary>The first or the newest message was deleted, which is taken as the wish to stop.</summary>
    MessageGone,

    /// <summary>The time to write ended: at <see cref="ReplyLimits.Deadline"/>, with the text so far written, or by the sink's word.</summary>
    Expired,

    /// <summary>Discord did not take the reply; <see cref="ReplyOutcome.SinkFault"/> says why.</summary>
    Undeliverable,
}
