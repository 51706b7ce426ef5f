using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>Answers as models write them, and worse.</summary>
internal static class Documents
{
    private static readonly string[] Words =
    [
        "the", "answer", "is", "that", "we", "should", "not", "hhttp", "forget", "about", "it.", "Why?", "Because!", "so", "a", "well-known", "e.g.", "**bold**",
        "_it_", "~~no~~", "\\*", "#", "- item", "1. first", "> quote", "[", "]", "(", ")", "](", "|", "`", "``", "||", "```", "<", ">", "h", "ht", "http", "https:", "http:/",
        "\\`", "\\||", "<a", "<t:", "<@", "</", "x|y",
    ];

    private static readonly string[] Marks =
        ["<@1>", "<@!123456789012345678>", "<@&42>", "<#7>", "<:a:1>", "<a:party_parrot:987654321098765432>", "<t:1:R>", "<t:1700000000>", "</ask:1>", "@everyone"];

    private static readonly string[] Emoji = ["😀", "👍🏽", "👩‍💻", "👨‍👩‍👧‍👦", "🇩🇪🇫🇷🇯🇵", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "é", "e\u0301"];

    private static readonly string[] Hosts = ["example.com", "evil.test", "docs.example.com", "allowed.org", "EXAMPLE.com", "allowed.org:8080", "a@allowed.org", "allowed.org.evil.test", "example.com|evil.test"];

    // What someone would write who wants a link past the policy.
    private static readonly string[] Tricks =
    [
        "https://allowed.org`.evil.test/x", "https://allowed.org>@evil.test/x", "https://allowed.org||@evil.test/x", "https://allowed.org\u007F@evil.test/x",
        "https://allowed.org/https://evil.test/x", "https://allowed.orghttps://evil.test/x", "[x](https\\:\\/\\/evil.test/x)", "[x](https:\\/\\/evil.test/://allowed.org/)",
        "\\`https://evil.test/x`", "\\```https://evil.test/x```", "\\https://evil.test/x", "\\\\`https://evil.test/x`", "`` `https://evil.test/x`",
        "*a `b* https://evil.test/x`", "**a ```x** https://evil.test/x ```", "||a ```\nx|| https://evil.test/x\n```", "*a https://evil.test/x*b", "_a https://evil.test/x_/",
        "~~a `b~~ https://evil.test/x`", "__a `b__ https://evil.test/x`", "[a ```x](https://evil.test/x)```", "` ```x` https://evil.test/x```", "<x:/```y> https://evil.test/x ```",
        "```\n```\nA ```\nhttps://evil.test/x\n```", "```cs\n\n```B ```\nhttps://evil.test/x\n```", "**", "__", "~~", "*a", "_a", "<https://evil.test/x>", "<https://allowed.org>", "<https://allowed.org\n.evil.test/x>",
        "<\nhttps://allowed.org\n.evil.test/x>", "https://allowed.org/a。`b `https://evil.test/x`", "https://allowed.org/[a](https:\\/\\/evil.test/x)",
        "<https:/evil.test/x>", "[x](https:/\\evil.test/x)", "[x](<https:\\\\evil.test/x>)", "[x](https:/allowed.org@evil.test/x)", "[x](https:evil.test/x)",
        "[x]( http\\:evil.test/x)",
    ];

    private static readonly string[] Languages = ["", "", "cs", "python", "c++", "objective-c", "averyveryverylonglanguagename", "not a language"];

    private static readonly string[] Blanks = ["\n", "\n", "\n\n", "\r\n", "\r", "\t", "  ", "\0", "\u0007", "\n\n\n\n", "\u00A0", "\u200B"];

    private static Gen<string> Word { get; } = Gen.Frequency((9, Gen.Elements(Words[..14])), (2, Gen.Elements(Words)));

    public static Gen<string> Url { get; } =
        from scheme in Gen.Elements("https://", "http://", "HTTPS://", "xhttps://", "https:\\/\\/")
        from host in Gen.Elements(Hosts)
        from path in Gen.Frequency(
            (2, Gen.Constant("")),
            (4, Gen.Elements("/a", "/a/b?c=d&e=f", "/wiki/A_(b)", "/x?secret=abc.", "/~u/#top", "。x", "/漢字")),
            (2, Gen.Choose(1, 90).Select(n => "/" + new string('p', n))),
            (1, Gen.Choose(100, 1300).Select(n => "/" + new string('q', n))))
        select scheme + host + path;

    private static Gen<string> Plain { get; } = Gen.Frequency(
        (20, Sentence(Word, 1, 14)),
        (3, Gen.Elements(Marks)),
        (3, Gen.Elements(Emoji)),
        (2, Gen.Elements("。漢字かな交じり文、これは長い。", "這是一個很長的句子，沒有空格！", "مرحبا بالعالم هذا نص", "שלום עולם", "한국어 문장입니다.")),
        (4, Gen.Elements(Blanks)));

    private static Gen<string> Piece { get; } = Gen.Frequency(
        (24, Plain),
        (4, Sentence(Plain, 1, 6).Select(text => $"||{text}||")),
        (4, Sentence(Plain, 1, 4).Select(text => $"`{text}`")),
        (2, Sentence(Plain, 1, 3).Select(text => $"``{text}``")),
        (4, from language in Gen.Elements(Languages)
            from lines in Sentence(Plain, 0, 14)
            from closes in Gen.Frequency((9, Gen.Constant("\n```\n")), (1, Gen.Constant("")))
            select $"\n```{language}\n{lines}{closes}"),
        (1, Sentence(Plain, 1, 3).Select(text => $"||```py\n{text}\n```||")),
        (4, Url),
        (2, Gen.Elements(Tricks)),
        (2, from url in Url from text in Word from open in Gen.Elements("(", "(<", "( ", "(\n<") select $"[{text}]{open}{url})"),
        (1, Gen.Elements('a', 'x', '漢', '|', '`').SelectMany(c => Gen.Choose(1, 700).Select(n => new string(c, n)))),
        (1, Gen.Choose(1, 60).Select(n => string.Concat(Enumerable.Repeat("👩‍💻", n)))),
        (1, Gen.Choose(1, 200).Select(n => new string('\n', n))),
        (1, Gen.Elements("\uD83D", "\uDE00", "`|`|`|", "```||```||", "||`||`||", "` || `` || ` ||")));

    /// <summary>Any document; some of a few words, most of a few messages.</summary>
    public static Gen<string> Any { get; } =
        from many in Gen.Frequency((1, Gen.Constant(4)), (4, Gen.Constant(40)), (2, Gen.Constant(130)))
        from count in Gen.Choose(0, many)
        from pieces in Piece.ListOf(count)
        from glue in Gen.Elements("", " ", " ", "\n")
        select string.Join(glue, pieces);

    /// <summary>The sizes that a text is cut into on its way, used over and over.</summary>
    public static Gen<int[]> Chunks { get; } = Gen.OneOf(
        Gen.Constant(new[] { 1 }),
        Gen.Constant(new[] { 3 }),
        Gen.Choose(1, 40).ArrayOf(7),
        Gen.Choose(1, 3000).ArrayOf(5));

    public static Gen<int> Limit { get; } = Gen.Elements(2000, 200, 64);

    public static IEnumerable<string> Cut(string text, int[] sizes)
    {
        for (int at = 0, i = 0; at < text.Length; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], text.Length - at);
            yield return text.Substring(at, size);
            at += size;
        }
    }

    private static Gen<string> Sentence(Gen<string> parts, int least, int most) =>
        Gen.Choose(least, most).SelectMany(count => parts.ListOf(count)).Select(list => string.Join(' ', list));
}
