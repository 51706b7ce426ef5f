namespace DiscordIntel.Discord;

/// <summary>How far a message of a reply is.</summary>
public enum ReplyState
{
    /// <summary>No text of the answer yet: the message says what is being done.</summary>
    Working,

    /// <summary>A part of the text; more comes.</summary>
    Partial,

    /// <summary>Complete: the message will not change again.</summary>
    Final,

    /// <summary>The answer was stopped by the user; the text so far stays.</summary>
    Stopped,

    /// <summary>The answer ended early by a fault or at the deadline; the text so far stays, with a line that says why.</summary>
    Failed,
}
