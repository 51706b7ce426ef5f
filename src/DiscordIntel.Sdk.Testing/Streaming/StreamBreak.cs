namespace DiscordIntel.Testing.Streaming;

/// <summary>The way in which a stream goes wrong, and behind how many chunks.</summary>
internal sealed record StreamBreak(int After, StreamBreakKind Kind)
{
    /// <summary>The error's code, where there is an error: text, or a whole number.</summary>
    public string Code { get; init; } = "";

    /// <summary>Whether the code is written as a number.</summary>
    public bool IsNumber { get; init; }
}
