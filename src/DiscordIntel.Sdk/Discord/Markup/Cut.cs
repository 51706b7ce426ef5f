using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>A place where a message may end.</summary>
/// <param name="At">The place in the text.</param>
/// <param name="Lexeme">The number of the lexeme that the next message begins with.</param>
/// <param name="Scan">What is open there.</param>
/// <param name="Info">The language of the code block that is open there.</param>
/// <param name="InCode">Whether the place is within inline code.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cut(int At, int Lexeme, MarkupScan Scan, string Info, bool InCode);
