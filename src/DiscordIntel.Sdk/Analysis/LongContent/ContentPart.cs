namespace DiscordIntel.Analysis.LongContent;

/// <summary>A part of a content that is too long for one call. Places are UTF-16 offsets in the content.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Start">Where its own text begins: the end of the part before.</param>
/// <param name="End">Where its own text ends.</param>
/// <param name="ContextStart">What stands from here to <paramref name="Start"/> is repeated from before, to be understood and not to be judged again.</param>
/// <param name="ContinuedSpeaker">Whose turn goes on at <paramref name="Start"/>; null when a turn begins there, or none is under way.</param>
internal readonly record struct ContentPart(int Number, int Start, int End, int ContextStart, string? ContinuedSpeaker);
