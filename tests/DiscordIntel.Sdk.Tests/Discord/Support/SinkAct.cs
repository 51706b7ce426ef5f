namespace DiscordIntel.Tests.Discord.Support;

/// <summary>What the fake Discord does with a call.</summary>
internal enum SinkAct
{
    Accept,
    AcceptSlowly,
    Stall,
    Hang,
    HangForGood,
    RateLimit,
    RateLimitWithoutDelay,
    FailBefore,
    FailAfter,
    ThrowAnything,
    DeleteFirst,
    DeleteThis,
    Expire,
    Forbid,
    Reject,
    TooLarge,
    Quota,
}
