namespace DiscordIntel.Discord.Streaming;

/// <summary>Why a message is written.</summary>
internal enum ReplyWriteKind
{
    /// <summary>To show what came so far. It may be left out.</summary>
    Preview,

    /// <summary>The message is full, and will not change again.</summary>
    Seal,

    /// <summary>The answer has ended: the last call to the last message.</summary>
    Final,
}
