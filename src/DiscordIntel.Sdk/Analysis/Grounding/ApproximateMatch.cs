using System.Runtime.InteropServices;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Where a pattern stands, and how many edits make it the words there.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ApproximateMatch(int Start, int End, int Distance);
