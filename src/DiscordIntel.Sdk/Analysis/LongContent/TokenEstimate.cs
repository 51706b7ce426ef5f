using System.Text;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>How many tokens a text takes, roughly: its UTF-8 bytes divided by four, rounded up. It needs no vocabulary, and holds for no model exactly.</summary>
internal static class TokenEstimate
{
    public const int BytesPerToken = 4;

    public static int Of(ReadOnlySpan<char> text) => (int)((Encoding.UTF8.GetByteCount(text) + (long)BytesPerToken - 1) / BytesPerToken);
}
