using System.Buffers;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Words looked for at the beginning of a line, where a role, a heading or an answer would stand.</summary>
internal sealed class HeadWords(params string[] words)
{
    private const int Farthest = 60;
    private const string Marks = " \t>*_#-=([【「•~`\"'“”";
    private const string Closers = " \t*_)]】」`\"'”";

    private readonly SearchValues<string> _words = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of the words that heads a line and has a colon behind it; -1 when none does.</summary>
    public int FirstRole(string text)
    {
        foreach (int at in Places(text, afterLabel: false))
        {
            if (text.AsSpan(End(text, at)).TrimStart(Closers) is [':' or '：', ..])
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Where the words stand at the head of a line: only marks and a time in brackets stand before them, or also a speaker's name.</summary>
    public IEnumerable<int> Places(string text, bool afterLabel)
    {
        for (int from = 0; text.AsSpan(from).IndexOfAny(_words) is var found and >= 0; from += found + 1)
        {
            if (IsHead(text, from + found, afterLabel))
            {
                yield return from + found;
            }
        }
    }

    /// <summary>Where the word at a place ends.</summary>
    public int End(string text, int at) =>
        at + words.Where(word => string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0).Max(word => word.Length);

    private static bool IsHead(string text, int at, bool afterLabel)
    {
        int from = Math.Max(0, at - Farthest);
        int line = text.AsSpan(from..at).LastIndexOfAny('\n', '\r') is var found and >= 0 ? from + found + 1 : from;
        if (line == from && from > 0)
        {
            return false;
        }

        ReadOnlySpan<char> before = text.AsSpan(line..at).TrimStart();
        if (before is ['[', ..] && before.IndexOf(']') is var close and > 0)
        {
            before = before[(close + 1)..];
        }

        if (afterLabel && before.LastIndexOf(": ") is var colon and >= 0)
        {
            before = before[(colon + 1)..];
        }

        return before.Trim(Marks).IsEmpty;
    }
}
