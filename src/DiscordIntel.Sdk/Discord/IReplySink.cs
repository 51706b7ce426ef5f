namespace DiscordIntel.Discord;

/// <summary>
/// Where a reply is written: the host's bridge to its Discord library, one for each reply. <see cref="DiscordReplyStreamer"/> makes one call at a time. A call that
/// fails throws <see cref="ReplySinkException"/>; any other exception counts as <see cref="ReplySinkFailure.Unavailable"/> with
/// <see cref="ReplySinkException.MayHaveApplied"/>. A call ends soon after its token is cancelled. Every call to Discord, edits included, must allow no mentions
/// (<c>allowed_mentions: {"parse": []}</c>) and suppress embeds: what is written comes from a model.
/// </summary>
public interface IReplySink
{
    /// <summary>What this reply may hold, and until when it can be written. Read once, when the run starts.</summary>
    ReplyLimits Limits { get; }

    /// <summary>Writes a new message below the ones before. The first one may be the edit of a deferred interaction response.</summary>
    /// <exception cref="ReplySinkException">The message was not written, or it is not known whether it was.</exception>
    ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken);

    /// <summary>Replaces content, files and controls of a message that <see cref="PostAsync"/> wrote.</summary>
    /// <exception cref="ReplySinkException">The message was not changed, or it is not known whether it was.</exception>
    ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken);
}
