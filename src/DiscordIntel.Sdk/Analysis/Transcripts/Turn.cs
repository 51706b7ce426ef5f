namespace DiscordIntel.Analysis.Transcripts;

/// <summary>What one speaker says until the next one does. Places are UTF-16 offsets in the content.</summary>
/// <param name="Speaker">As written where the speaker first appears.</param>
/// <param name="Start">Where the label begins.</param>
/// <param name="TextStart">Where the words begin; <paramref name="End"/> when there are none.</param>
/// <param name="End">Where the next turn begins, or the end of the content.</param>
internal readonly record struct Turn(string Speaker, int Start, int TextStart, int End);
