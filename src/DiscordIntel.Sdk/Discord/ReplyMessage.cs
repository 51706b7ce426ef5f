namespace DiscordIntel.Discord;

/// <summary>What one Discord message shows. It carries no permission to mention: a sink allows none.</summary>
public sealed record ReplyMessage
{
    /// <summary>The text: never blank, never above <see cref="ReplyLimits.MaxChars"/>, with closed code blocks and spoilers.</summary>
    public required string Content { get; init; }

    /// <summary>How far the message is.</summary>
    public required ReplyState State { get; init; }

    /// <summary>The files of the message, all of them: what is not listed is removed by an edit.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<ReplyFile> Files { get; init; } = [];

    /// <summary>The buttons below the message.</summary>
    /// <value>Default: <see cref="ReplyControls.None"/>.</value>
    public ReplyControls Controls { get; init; }
}
