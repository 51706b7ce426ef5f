using System.Globalization;
using System.Text;

namespace DiscordIntel.Discord.Markup;

/// <summary>How good a place in a text is for a cut.</summary>
internal static class TextBorder
{
    public const int LastResort = 0;
    public const int Any = 1;
    public const int Character = 2;
    public const int Space = 3;
    public const int Sentence = 4;
    public const int Line = 5;
    public const int Paragraph = 6;

    /// <param name="text">The text.</param>
    /// <param name="at">A place between two whole code points within it.</param>
    public static int Rank(ReadOnlySpan<char> text, int at)
    {
        char before = text[at - 1];
        char next = text[at];
        if (!char.IsWhiteSpace(next))
        {
            switch (before)
            {
                case '\n':
                    return at > 1 && text[at - 2] == '\n' ? Paragraph : Line;
                case ' ' or '\t':
                    return at > 1 && text[at - 2] is '.' or '!' or '?' or '…' ? Sentence : Space;
                case '。' or '！' or '？':
                    return Sentence;
            }
        }

        return IsWithinMark(before, next) || IsWithinCharacter(text, at) ? Any : Character;
    }

    // "\*" and "**" mean something else when they are taken apart.
    private static bool IsWithinMark(char before, char next) => before == '\\' || (before == next && before is '*' or '_' or '~');

    // Letters with marks, emoji with modifiers, sequences with a joiner, and flags.
    private static bool IsWithinCharacter(ReadOnlySpan<char> text, int at)
    {
        char before = text[at - 1];
        if (before < '\x7F' && text[at] < '\x7F')
        {
            return false;
        }

        Rune.DecodeFromUtf16(text[at..], out Rune next, out _);
        return before == '\u200D'
            || next.Value is 0x200D or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F)
            || Rune.GetUnicodeCategory(next) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            || (IsFlagLetter(next.Value) && FlagLettersBefore(text[..at]) % 2 == 1);
    }

    private static int FlagLettersBefore(ReadOnlySpan<char> text)
    {
        int letters = 0;
        while (Rune.DecodeLastFromUtf16(text, out Rune last, out int length) == System.Buffers.OperationStatus.Done && IsFlagLetter(last.Value))
        {
            letters++;
            text = text[..^length];
        }

        return letters;
    }

    private static bool IsFlagLetter(int value) => value is >= 0x1F1E6 and <= 0x1F1FF;
}
