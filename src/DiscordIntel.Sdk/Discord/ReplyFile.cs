namespace DiscordIntel.Discord;

/// <summary>A file below a message.</summary>
public sealed record ReplyFile
{
    /// <summary>The name that Discord shows, such as <c>answer.md</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The media type, such as <c>text/markdown</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>The bytes: at most <see cref="ReplyLimits.MaxFileBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }
}
