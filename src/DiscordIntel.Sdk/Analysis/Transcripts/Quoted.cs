namespace DiscordIntel.Analysis.Transcripts;

/// <summary>A line within a turn that quotes somebody.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">After its last character.</param>
/// <param name="Speaker">Who is quoted; null when the text does not say.</param>
internal readonly record struct Quoted(int Start, int End, string? Speaker);
