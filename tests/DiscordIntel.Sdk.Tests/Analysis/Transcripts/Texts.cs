using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Analysis.Transcripts;

/// <summary>Texts made of what labels, sentences and text elements are made of, and of halves of them.</summary>
internal static class Texts
{
    private static readonly string[] Pieces =
    [
        "Mara: ", "Jonas: ", "**Mara:** ", "BRUTUS.", "FIRST CITIZEN", "[21:04] kes: ", "[21:05] 🦊 replied to kes: ", "mopsi — Today at 21:04", "> ", "```", "Note: ", ":", "：",
        "\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "a", "word ", "A sentence. ", "No! ", "\"So?\" ", "漢字。", "漢", "é", "e\u0301", "\u0301", "\u200D", "\u200F", "\uFEFF",
        "😭", "👩🏽‍💻", "🇩🇪", "🏽", "\uD83D", "\uDE2D", "\0", "aVeryLongWordWithoutAnyPlaceToSplitItAt", "कि", "[", "]", "**", "—", "<Mara> ", "[23-Nov-26 08:56 AM] Mara", "21:04 - Jonas: ", "2026-11-23 ", "↳ ", "Jonas (replying to Mara): ", "@", ">>> ", "(", ")", "#1234",
    ];

    public static Gen<string> Any { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        Gen.Elements(Pieces).ListOf(200).Select(string.Concat),
        Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(c => new string(c)));
}
