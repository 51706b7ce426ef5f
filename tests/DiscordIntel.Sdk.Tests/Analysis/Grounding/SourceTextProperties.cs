using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.NUnit;

namespace DiscordIntel.Tests.Analysis.Grounding;

/// <summary>Whatever a model does to the looks of a quote, it is found where it stands; what does not stand there is not found.</summary>
internal sealed class SourceTextProperties
{
    private const string Alphabet = "abcdeXYZäéßσςÆж漢字 \t\n\r\"'“”‘’«»-–—…\u00A0\u2009\u200B\u00AD\uFEFF.,!?:*_\U0001F62D\U0001F468\u200D\U0001F4BB0123";

    private static readonly string[] Spaces = [" ", "\t", "\n", "\r\n", "   ", "\u00A0", "\u2009 "];
    private static readonly string[] Doubles = ["\"", "“", "”", "„", "«", "»"];
    private static readonly string[] Singles = ["'", "’", "‘", "`", "´"];
    private static readonly string[] Dashes = ["-", "–", "—", "‑", "−"];

    private static Gen<string> Texts { get; } =
        Gen.Elements(Runes(Alphabet)).ListOf().Select(string.Concat);

    [Property(MaxTest = 3000)]
    public Property Find_PieceInOtherLooks_IsFoundAndFoldsToTheSame() => Prop.ForAll(
        (from text in Texts
         from start in Gen.Choose(0, Runes(text).Length)
         from count in Gen.Choose(1, 30)
         from seed in Gen.Choose(0, int.MaxValue)
         let piece = string.Concat(Runes(text).Skip(start).Take(count))
         where Core(piece).Length > 0
         select (Text: text, Quote: Disguise(piece, seed))).ToArbitrary(),
        sample =>
        {
            SourceQuote found = new SourceText(sample.Text).Find(sample.Quote);
            return found.IsFound
                && sample.Text.Substring(found.Offset.Value, found.Text.Length) == found.Text
                && Core(found.Text) == Core(sample.Quote)
                && found.Line == 1 + sample.Text[..found.Offset.Value].Count(c => c == '\n');
        });

    [Property(MaxTest = 2000)]
    public Property Find_WordsThatAreNotThere_AreNotFound() => Prop.ForAll(
        (from text in Texts from quote in Texts select (Text: text, Quote: quote + "q" + quote)).ToArbitrary(),
        sample =>
        {
            SourceQuote found = new SourceText(sample.Text).Find(sample.Quote);
            return !found.IsFound && found.Offset is null && found.Line is null && found.Text == sample.Quote;
        });

#pragma warning disable NUnit1027 // FsCheck gives the arguments.
    [Property(MaxTest = 3000)]
#pragma warning restore NUnit1027
    public bool Find_AnyTwoStrings_EitherStandsThereOrIsGivenBack(string? text, string? quote)
    {
        (text, quote) = (text ?? "", quote ?? "");
        SourceQuote found = new SourceText(text).Find(quote);
        return found.IsFound
            ? text.Substring(found.Offset.Value, found.Text.Length) == found.Text && found.Text.Length > 0
            : found.Text == quote;
    }

    [Property(MaxTest = 2000)]
    public Property Find_AnyCharacters_ThrowNothing() => Prop.ForAll(
        Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(c => new string(c)).Two().ToArbitrary(),
        pair =>
        {
            (string text, string quote) = pair;
            SourceQuote found = new SourceText(text + quote).Find(quote);
            return !found.IsFound || (text + quote).Substring(found.Offset.Value, found.Text.Length) == found.Text;
        });

    /// <summary>The piece with other white space, quote marks, dashes, case and unseen characters.</summary>
    private static string Disguise(string piece, int seed)
    {
        var random = new System.Random(seed);
        string Any(string[] choices) => choices[random.Next(choices.Length)];
        return string.Concat(Runes(piece).Select(rune => rune switch
        {
            "\u200B" or "\u00AD" or "\uFEFF" or "\u200D" => random.Next(2) == 0 ? "" : rune,
            _ when Kind(rune) == ' ' => Any(Spaces),
            _ when Kind(rune) == '"' => Any(Doubles),
            _ when Kind(rune) == '\'' => Any(Singles),
            _ when Kind(rune) == '-' => Any(Dashes),
            _ when rune is "ß" => rune,
            _ => random.Next(3) switch { 0 => rune.ToUpperInvariant(), 1 => rune.ToLowerInvariant(), _ => rune + (random.Next(8) == 0 ? "\u200B" : "") },
        }));
    }

    /// <summary>An independent folding: unseen characters out, kinds alike, the marks around a quote and the dots at its ends off.</summary>
    private static string Core(string text)
    {
        string kinds = string.Concat(Runes(text)
            .Where(rune => rune is not ("\u200B" or "\u00AD" or "\uFEFF" or "\u200D"))
            .Select(rune => Kind(rune) is { } kind ? kind.ToString() : rune.ToUpperInvariant()));
        return string.Join(' ', kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '"', '\'', '.', '…');
    }

    private static char? Kind(string rune) => rune switch
    {
        _ when string.IsNullOrWhiteSpace(rune) => ' ',
        _ when Doubles.Contains(rune) => '"',
        _ when Singles.Contains(rune) => '\'',
        _ when Dashes.Contains(rune) => '-',
        _ => null,
    };

    private static string[] Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.ToString())];
}
