namespace DiscordIntel.Discord;

/// <summary>Thrown by a sink when a call failed. Keep the interaction's token out of the message.</summary>
#pragma warning disable CA1032 // Without a kind it would say nothing.
public sealed class ReplySinkException : Exception
#pragma warning restore CA1032
{
    /// <summary>A failure of <paramref name="kind"/>.</summary>
    public ReplySinkException(ReplySinkFailure kind, Exception? innerException = null)
        : base($"The reply could not be written: {kind}.", innerException) => Kind = kind;

    /// <summary>Why the call failed.</summary>
    public ReplySinkFailure Kind { get; }

    /// <summary>When to call again, from now on, as Discord said: the longer of <c>retry_after</c> and the header.</summary>
    /// <value>Default: null.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the call may have taken effect in spite of the error, as after a timeout. A new message is then tried once more at most, since it could appear
    /// twice. An edit, also that of a deferred response, is the same however often it is made: false.
    /// </summary>
    /// <value>Default: false.</value>
    public bool MayHaveApplied { get; init; }
}
