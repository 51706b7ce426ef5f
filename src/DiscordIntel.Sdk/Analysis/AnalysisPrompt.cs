using Microsoft.Extensions.AI;

namespace DiscordIntel.Analysis;

/// <summary>What the model is asked.</summary>
/// <param name="Messages">The instructions, and the content between markers.</param>
/// <param name="Marker">The marker, random for each call.</param>
internal sealed record AnalysisPrompt(IReadOnlyList<ChatMessage> Messages, string Marker);
