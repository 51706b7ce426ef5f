namespace DiscordIntel.Discord.Streaming;

/// <summary>What follows from a call that failed.</summary>
internal enum SinkVerdict
{
    /// <summary>Call again, not before the time that the rules say, with the newest text.</summary>
    Retry,

    /// <summary>Go on with the next message.</summary>
    NextMessage,

    /// <summary>Call again without a file.</summary>
    LeaveFilesOut,

    /// <summary>A line takes the place of the text.</summary>
    Replace,

    /// <summary>The reply ends here.</summary>
    End,
}
