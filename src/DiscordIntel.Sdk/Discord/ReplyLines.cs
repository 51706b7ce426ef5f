namespace DiscordIntel.Discord;

/// <summary>
/// The sentences that a reply adds to the model's text, each as a line of small print. Replace them for another language. A line is one line: line breaks, code
/// and spoiler marks and links in it are made harmless, and all lines together take no more than half of a message.
/// </summary>
public sealed record ReplyLines
{
    /// <summary>Under an answer that the user stopped.</summary>
    public string Stopped { get; init; } = "Stopped.";

    /// <summary>Under the last message when the text goes on and is attached as a whole.</summary>
    public string Attached { get; init; } = "The whole text is in the file below.";

    /// <summary>Under the last message when the text goes on and no file can be attached.</summary>
    public string NotAttached { get; init; } = "The text is too long to be shown here.";

    /// <summary>Under an answer that was ended because it became longer than <see cref="ReplyStreamerOptions.MaxAnswerChars"/>.</summary>
    public string Truncated { get; init; } = "The answer became too long and was cut off.";

    /// <summary>Under an answer that was ended because the time to write ran out.</summary>
    public string OutOfTime { get; init; } = "The time for this reply ran out.";

    /// <summary>In place of a text that Discord refused.</summary>
    public string Rejected { get; init; } = "Discord did not accept this answer.";

    /// <summary>In place of an answer without text.</summary>
    public string Empty { get; init; } = "There was no answer.";
}
