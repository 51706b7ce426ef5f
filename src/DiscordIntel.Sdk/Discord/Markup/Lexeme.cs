using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>A piece of text by its length.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its characters.</param>
/// <param name="IsWithinCode">Whether a cut before it would be within inline code.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lexeme(LexemeKind Kind, int Length, bool IsWithinCode = false);
