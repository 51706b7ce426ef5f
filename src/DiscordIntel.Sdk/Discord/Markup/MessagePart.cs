using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>The part of a text that one message shows, and the marks around it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessagePart(int Start, int End, MarkupOpening Opening, string Close)
{
    public int BodyLength => End - Start;
}
