namespace DiscordIntel.Models;

/// <summary>When a model takes functions on the Chat Completions API. Where it does not, they are sent over the Responses API.</summary>
public enum ToolSupport
{
    /// <summary>Not known: functions are sent over Chat Completions, which every compatible server has.</summary>
    Unknown,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Only with the reasoning effort <c>none</c>; with any other the provider answers 400.</summary>
    OnlyWithoutReasoning,

    /// <summary>Never.</summary>
    Never,
}
