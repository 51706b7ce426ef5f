namespace DiscordIntel.Discord.Streaming;

/// <summary>A call to be made.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">What the message is to show.</param>
/// <param name="BodyLength">How much of the answer that is.</param>
internal sealed record ReplyWrite(ReplyWriteKind Kind, ReplyMessage Message, int BodyLength);
