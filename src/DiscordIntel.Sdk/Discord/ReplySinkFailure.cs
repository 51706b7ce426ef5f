namespace DiscordIntel.Discord;

/// <summary>Why a call to a sink failed. The numbers are Discord's error codes.</summary>
public enum ReplySinkFailure
{
    /// <summary>The acknowledgement of the interaction has not arrived yet (404 with 10015 or 10062). Tried again within <see cref="ReplyStreamerOptions.AckGrace"/>.</summary>
    NotReady,

    /// <summary>Too many requests (429). Tried again after <see cref="ReplySinkException.RetryAfter"/>, with the newest text.</summary>
    RateLimited,

    /// <summary>A server error, a broken connection or a timeout. Tried again.</summary>
    Unavailable,

    /// <summary>The message was deleted (10008). The deletion of the first or of the newest message ends the reply.</summary>
    MessageGone,

    /// <summary>The interaction's token is void (50027). Ends the reply.</summary>
    Expired,

    /// <summary>A permission is missing (50001, 50013). Ends the reply.</summary>
    Forbidden,

    /// <summary>The content is refused (50035, 200000, 240000). A line takes its place and the reply ends.</summary>
    Rejected,

    /// <summary>The request is too large (40005). Tried again without the file.</summary>
    TooLarge,

    /// <summary>No more messages may be sent for this interaction (40094). Ends the reply.</summary>
    QuotaReached,
}
