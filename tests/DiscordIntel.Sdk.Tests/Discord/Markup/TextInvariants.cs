using System.Text.RegularExpressions;
using DiscordIntel.Discord;
using DiscordIntel.Discord.Markup;
using DiscordIntel.Tests.Discord.Support;

namespace DiscordIntel.Tests.Discord.Markup;

/// <summary>What holds for every text that is cut, each rule by its own: null when it holds, else what is wrong.</summary>
internal static partial class TextInvariants
{
    public static Dictionary<string, Func<TextCase, string?>> All { get; } = new()
    {
        ["R1 no content is longer than the limit"] = one => TextCase.Contents(one.Cut(one.Chunks)).FirstOrDefault(content => content.Length > one.MaxChars),
        ["R2 blocks and spoilers are closed in every content"] = one => TextCase.Contents(one.Cut(one.Chunks)).FirstOrDefault(content => !MarkupOracle.IsBalanced(content)),
        ["R3 the contents show the text"] = TextIsThere,
        ["R3 Split cuts the same way"] = SplitIsTheSame,
        ["R5 the pieces it comes in do not matter"] = PiecesDoNotMatter,
        ["R9 little is held back"] = LittleIsHeld,
        ["R12 no foreign link is live"] = one => TextCase.Contents(one.Cut(one.Chunks)).Select(LiveLinks.Foreign).FirstOrDefault(link => link is not null),
        ["R12 no foreign link is live, whatever ends in code blocks"] = one => TextCase.Contents(one.Cut(one.Chunks, links: ReplyCase.Links with { AllowInCodeBlocks = false }))
            .Select(LiveLinks.ForeignByPosition).FirstOrDefault(link => link is not null),
        ["R14 nothing is cut apart"] = NothingIsCutApart,
        ["Normalize is by the rules, and the same twice"] = NormalizeIsByTheRules,
        ["ApplyLinkPolicy is the same twice"] = one => DiscordText.ApplyLinkPolicy(one.Text, ReplyCase.Links) == one.Text ? null : "judging twice changes the text",
    };

    private static string? TextIsThere(TextCase one)
    {
        MessageSplitter messages = one.Cut(one.Chunks);
        string text = messages.Text.ToString();
        string whole = string.Concat(TextCase.Parts(messages).Select(part => text[part.Start..part.End]));
        int shown = new BodyOracle(TextCase.Contents(messages), one.Text).Shown();
        return whole != one.Text ? "the parts are not the text" : shown < 0 || !string.IsNullOrWhiteSpace(one.Text[shown..]) ? "the contents do not show the text" : null;
    }

    private static string? SplitIsTheSame(TextCase one) =>
        DiscordText.Split(one.Text, one.MaxChars).SequenceEqual(TextCase.Contents(one.Cut(one.Chunks))) ? null : "the whole text is cut in another way";

    private static string? PiecesDoNotMatter(TextCase one)
    {
        // Each as it was when it was sealed.
        List<MessagePart> seen = [];
        MessageSplitter first = one.Cut(one.Chunks);
        MessageSplitter other = one.Cut(one.OtherChunks, text => seen.AddRange(text.Messages.Sealed.Skip(seen.Count)));
        return first.Sealed.SequenceEqual(other.Sealed) && first.Tail == other.Tail && seen.SequenceEqual(first.Sealed.Take(seen.Count)) ? null : "other pieces, other messages";
    }

    private static string? LittleIsHeld(TextCase one)
    {
        int tail = 0;
        int held = 0;
        one.Cut(one.Chunks, text =>
        {
            tail = Math.Max(tail, text.Messages.Tail.BodyLength);
            held = Math.Max(held, text.Held);
        });
        return tail <= one.MaxChars && held <= MarkupLexer.Longest + 2 ? null : $"tail {tail}, held {held}";
    }

    private static string? NothingIsCutApart(TextCase one)
    {
        MessageSplitter messages = one.Cut(one.Chunks);
        string text = messages.Text.ToString();
        (int Start, int Length)[] whole =
        [
            .. from match in Whole().Matches(text)

               // Three backticks with a language may also close a block that was open.
               where match.Value[0] != '`' || text[..match.Index].Split("```").Length % 2 == 1
               select (match.Index, match.Length),
        ];
        IReadOnlyList<MessagePart> parts = TextCase.Parts(messages);
        for (int i = 1; i < parts.Count; i++)
        {
            int at = parts[i].Start;
            int room = one.MaxChars - MarkupOpening.LongestClosing - Math.Max(parts[i - 1].Opening.Marks.Length, parts[i].Opening.Marks.Length);
            if (char.IsLowSurrogate(text, at) || (text[at] == text[at - 1] && text[at] is '`' && Backticks(text, at) < 3))
            {
                return $"cut at {at}";
            }

            // A link in code needs room for two backticks, too.
            if (whole.Any(piece => piece.Start < at && at < piece.Start + piece.Length && piece.Length <= room - (text[piece.Start] == 'h' ? 2 : 0)))
            {
                return $"cut at {at}: {text[(at - 10)..at]} and on";
            }
        }

        return null;
    }

    // The length of the run around a place, were it cut there; two runs of three may stand side by side.
    private static int Backticks(string text, int at)
    {
        int start = at;
        while (start > 0 && text[start - 1] == '`')
        {
            start--;
        }

        return (at - start) % 3 == 0 ? 3 : 1;
    }

    private static string? NormalizeIsByTheRules(TextCase one)
    {
        string expected = string.Concat(one.Document.Where(c => c >= ' ' || c is '\n' or '\t'));
        expected = LoneSurrogates().Replace(expected, "\uFFFD");
        expected = Regex.Replace(expected, "`{4,}", "```", RegexOptions.None, TimeSpan.FromSeconds(5));
        expected = Regex.Replace(expected, @"\|{3,}", "||", RegexOptions.None, TimeSpan.FromSeconds(5));
        string text = DiscordText.Normalize(one.Document);
        return text == expected && DiscordText.Normalize(text) == text ? null : "not by the rules";
    }

    [GeneratedRegex(@"<(@[!&]?|#)\d+>|<a?:\w+:\d+>|<t:\d+(:\w)?>|</\w+:\d+>|(?<![^\s`])https?://[\w.]+(/[a-z]{1,900})?(?![\w./?#&=%~()@:-])|(?<=\n)```[a-z]{1,20}(?=\n)", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex LoneSurrogates();
}
