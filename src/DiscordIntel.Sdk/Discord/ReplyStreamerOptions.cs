namespace DiscordIntel.Discord;

/// <summary>How replies are streamed. Immutable: change it with <c>with</c>, for a language or for one reply's <see cref="Links"/>.</summary>
public sealed record ReplyStreamerOptions
{
    /// <summary>The most characters (UTF-16 units) of an answer that are kept. What comes beyond is not read: the model is stopped.</summary>
    /// <value>1,000 to 1,000,000. Default: 32,000.</value>
    public int MaxAnswerChars { get; init; } = 32_000;

    /// <summary>How long after the start <see cref="ReplySinkFailure.NotReady"/> is expected and tried again.</summary>
    /// <value>0 to 60 seconds. Default: 10 seconds.</value>
    public TimeSpan AckGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The mark at the end of a text that goes on; gone when it is complete.</summary>
    /// <value>Up to 8 characters, no backtick, bar or line break. Default: a space and a block. Empty for none.</value>
    public string Cursor { get; init; } = " ▌";

    /// <summary>Which links of the model's text stay live.</summary>
    /// <value>Default: <see cref="LinkPolicy.Default"/>, none.</value>
    public LinkPolicy Links { get; init; } = LinkPolicy.Default;

    /// <summary>The sentences that are added.</summary>
    /// <value>Default: in English.</value>
    public ReplyLines Lines { get; init; } = new();
}
