namespace DiscordIntel.Discord;

/// <summary>Which buttons belong below a message. What they look like and do is the host's.</summary>
public enum ReplyControls
{
    /// <summary>None.</summary>
    None,

    /// <summary>A button that stops the answer, by the token given to <see cref="DiscordReplyStreamer.RunAsync"/>.</summary>
    Stop,

    /// <summary>The buttons of an answer that ended, such as one to ask again; only below the last message.</summary>
    Finished,
}
