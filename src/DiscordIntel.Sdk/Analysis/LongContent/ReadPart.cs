using DiscordIntel.Analysis.Replies;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>What was found in a part, or in parts that were merged.</summary>
/// <param name="First">The first part, from 1.</param>
/// <param name="Last">The last part.</param>
/// <param name="Length">The length of what was read, in UTF-16 units; its weight among others.</param>
/// <param name="Reply">What was found.</param>
internal sealed record ReadPart(int First, int Last, long Length, AnalysisReply Reply)
{
    public string Name => First == Last ? $"{First}" : $"{First} to {Last}";
}
