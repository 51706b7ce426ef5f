using System.Buffers;
using System.Globalization;
using System.Text;

namespace DiscordIntel.Analysis.Transcripts;

/// <summary>What a name can look like, in any script.</summary>
internal static class SpeakerName
{
    /// <summary>In UTF-16 units. Discord's display names have up to 32 characters.</summary>
    public const int Longest = 40;

    private const int MostWords = 4;

    /// <summary>Words with a colon that head a remark, a field or code, not what somebody says. Compared without dots and case.</summary>
    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "note", "notes", "nb", "ps", "pps", "warning", "caution", "important", "attention", "info", "hint", "tip", "edit", "update", "todo", "fixme", "tldr",
        "example", "examples", "eg", "ie", "summary", "conclusion", "result", "results", "source", "sources", "link", "links", "reason", "error", "pros",
        "cons", "from", "to", "cc", "bcc", "subject", "date", "time", "title", "question", "answer", "http", "https", "default", "else", "try", "finally",
        "name", "version", "license", "copyright", "author", "type", "status", "description", "usage", "options", "arguments", "parameters", "returns",
        "public", "private", "protected", "debug", "warn", "fatal", "guild", "channel", "topic", "after", "before", "ingredients", "serves", "servings", "verse",
        "chorus", "bridge", "refrain",
    };

    /// <summary>First words of lines of code that end in a colon.</summary>
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "if", "elif", "for", "while", "except", "with", "def", "class", "case",
    };

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>The name without white space and unseen signs (marks of direction and byte order) around it.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> name)
    {
        while (name.Length > 0 && IsUnseen(name[0]))
        {
            name = name[1..];
        }

        while (name.Length > 0 && IsUnseen(name[^1]))
        {
            name = name[..^1];
        }

        return name;
    }

    public static bool IsUnseen(char c) => char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format;

    /// <summary>Whether it is one to four words of letters, digits, emoji and <c>. _ - '</c>, with or without a tag, short enough, and neither a phrase nor a heading.</summary>
    public static bool IsPlausible(ReadOnlySpan<char> name)
    {
        name = WithoutTag(name);
        if (name.Length is 0 or > Longest || name.Contains("..", StringComparison.Ordinal) || name.Contains(" replied to ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int words = 0;
        bool inWord = false, speaks = false, firstIsLower = false, lastIsLower = false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune.Value is ' ')
            {
                inWord = false;
                continue;
            }

            if (!(inWord ? CanContinue(rune) : CanBegin(rune)))
            {
                return false;
            }

            if (!inWord)
            {
                lastIsLower = Rune.IsLower(rune);
                firstIsLower = words == 0 ? lastIsLower : firstIsLower;
                words++;
                inWord = true;
            }

            speaks |= Rune.IsLetter(rune) || IsEmoji(rune);
        }

        // "In other words", "to the gods" are parts of a sentence; "sky wolf" may be a nick.
        bool isPhrase = lastIsLower && words > 1 && (!firstIsLower || words > 2);
        return speaks && words <= MostWords && !isPhrase && !IsHeading(name);
    }

    /// <summary>The name without the <c>#1234</c> that old accounts and bots have.</summary>
    public static ReadOnlySpan<char> WithoutTag(ReadOnlySpan<char> name) =>
        name.Length > 5 && name[^5] == '#' && !name[^4..].ContainsAnyExcept(Digits) ? name[..^5]
        : name.Length > 2 && name.EndsWith("#0", StringComparison.Ordinal) ? name[..^2]
        : name;

    public static bool IsAllCaps(ReadOnlySpan<char> name)
    {
        bool any = false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsLower(rune))
            {
                return false;
            }

            any |= Rune.IsUpper(rune);
        }

        return any;
    }

    /// <summary>Whether no word of it begins with a small letter.</summary>
    public static bool IsCapitalised(ReadOnlySpan<char> name)
    {
        foreach (Range word in name.Split(' '))
        {
            if (name[word] is { Length: > 0 } letters && Rune.DecodeFromUtf16(letters, out Rune first, out _) == OperationStatus.Done && Rune.IsLower(first))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it ends in a number as a word: <c>Speaker 2</c>, but also <c>Chapter 2</c>.</summary>
    public static bool IsNumbered(ReadOnlySpan<char> name)
    {
        int space = name.LastIndexOf(' ');
        return space >= 0 && !name[(space + 1)..].ContainsAnyExcept(Digits);
    }

    private static bool IsHeading(ReadOnlySpan<char> name)
    {
        int space = name.IndexOf(' ');
        return Headings.Contains(name.ToString().Replace(".", "", StringComparison.Ordinal)) || (space > 0 && Keywords.Contains(name[..space].ToString()));
    }

    private static bool CanBegin(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || IsEmoji(rune) || rune.Value is '_' or '.' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    private static bool CanContinue(Rune rune) =>
        CanBegin(rune) || rune.Value is '-' or '\'' or '’'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Skin tones are modifier symbols. A half of a surrogate pair is read as the replacement character, which is a symbol, too.
    private static bool IsEmoji(Rune rune) =>
        !rune.IsAscii && rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is (UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol);
}
