namespace DiscordIntel.Analysis.Details;

/// <summary>One side of a debate.</summary>
public sealed record DebateSpeaker
{
    /// <summary>The speaker, as the text names them where the text has speakers.</summary>
    public required string Name { get; init; }

    /// <summary>What they stand for, in one sentence.</summary>
    public required string Position { get; init; }

    /// <summary>How well they argue, 0 to 10.</summary>
    public required double Score { get; init; }

    /// <summary>Their arguments.</summary>
    public required IReadOnlyList<DebateArgument> Arguments { get; init; }
}
