namespace DiscordIntel.Analysis.Details;

/// <summary>What only a debate has.</summary>
public sealed record DebateDetail
{
    /// <summary>Who argued what, in the order of the answer.</summary>
    public required IReadOnlyList<DebateSpeaker> Speakers { get; init; }

    /// <summary>Faults of reasoning, named.</summary>
    public required IReadOnlyList<Fallacy> Fallacies { get; init; }

    /// <summary>Who answered whom, and with what.</summary>
    public required IReadOnlyList<Rebuttal> Rebuttals { get; init; }
}
