using Microsoft.Extensions.AI;

namespace DiscordIntel.Analysis;

/// <summary>What the model is asked.</summary>
/// <param name="Messages">The instructions, and the content between markers.</param>
/// <param name="Marker">The marker, random for each call.</param>
internal sealed record AnalysisPrompt(IReadOnlyList<ChatMessage> Messages, string Marker)
{
    /// <summary>The same, with what functions gave before the content.</summary>
    public AnalysisPrompt With(string? material) => material is null ? this : this with
    {
        Messages = [Messages[0], new ChatMessage(ChatRole.User, $"{AnalysisPrompts.Material}\nMarker: {Marker}\n{Marker}\n{material}\n{Marker}"), .. Messages.Skip(1)],
    };
}
