namespace DiscordIntel.Discord;

/// <summary>What a reply may hold, and until when it can be written.</summary>
public sealed record ReplyLimits
{
    internal const int FewestChars = 64;
    internal const int MostChars = 4000;
    internal const int MostMessages = 20;

    /// <summary>The most characters (UTF-16 units) of a message, everything included.</summary>
    /// <value>64 to 4000. Default: 2000, Discord's limit.</value>
    public int MaxChars { get; init; } = 2000;

    /// <summary>The most messages of a reply. A longer answer ends in the last one and comes whole as a file.</summary>
    /// <value>1 to 20. Default: 5, which is also what a user-installed app may send after the first.</value>
    public int MaxMessages { get; init; } = 5;

    /// <summary>The most bytes of a file (<c>attachment_size_limit</c> of the interaction); 0 where files cannot be attached.</summary>
    /// <value>0 or more bytes. Default: 10 MiB.</value>
    public long MaxFileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>
    /// When the last call must have begun; null for no end. The token of an interaction lives 15 minutes: give the time of the acknowledgement and 14.5 minutes.
    /// Closer than 30 seconds, the pace of the calls may not leave time for all of the text.
    /// </summary>
    /// <value>Default: null.</value>
    public DateTimeOffset? Deadline { get; init; }
}
