using System.Text.RegularExpressions;

namespace DiscordIntel.Testing.Content;

/// <summary>
/// The sentences of a content, each a verbatim part of it. A sentence never spans lines. Where two marker lines share a random token,
/// only what stands between them counts, because the rest is instructions.
/// </summary>
internal static partial class ContentSentences
{
    private const int FewWords = 4;
    private const string Terminators = ".!?…。！？";
    private const string WideTerminators = "。！？";
    private const string Closers = "\"'”’»)]*_";

    /// <summary>The sentences in order: those of four words and more, or all where there is no such sentence.</summary>
    public static IReadOnlyList<string> Read(string content)
    {
        string[] lines = [.. content.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];
        string[] sentences = [.. InsideFence(lines).Where(line => !IsMarker(line)).SelectMany(line => SplitLine(WithoutLabel(line)))];
        string[] full = [.. sentences.Where(sentence => CountWords(sentence) >= FewWords)];
        return full.Length > 0 ? full : sentences;
    }

    private static string[] InsideFence(string[] lines)
    {
        var markers = lines
            .Select((line, index) => (Index: index, Token: IsMarker(line) ? RandomToken(line) : null))
            .Where(marker => marker.Token is not null)
            .GroupBy(marker => marker.Token)
            .FirstOrDefault(group => group.Count() > 1);
        if (markers is null)
        {
            return lines;
        }

        int first = markers.First().Index;
        int last = markers.Last().Index;
        return lines[(first + 1)..last];
    }

    private static bool IsMarker(string line) =>
        line.StartsWith('<')
        || line.StartsWith("[[", StringComparison.Ordinal)
        || line.StartsWith("```", StringComparison.Ordinal)
        || (RandomToken(line) is { } token && token.Length * 2 >= line.Length);

    // Letters and digits both: a word such as "defaced" and a Discord id are no tokens.
    private static string? RandomToken(string line)
    {
        foreach (ValueMatch run in HexRun().EnumerateMatches(line))
        {
            ReadOnlySpan<char> token = line.AsSpan(run.Index, run.Length);
            if (token.ContainsAnyInRange('0', '9') && token.ContainsAnyExceptInRange('0', '9'))
            {
                return token.ToString();
            }
        }

        return null;
    }

    private static string WithoutLabel(string line) => line[Label().Match(line).Length..];

    private static IEnumerable<string> SplitLine(string line)
    {
        int start = 0;
        for (int index = 0; index < line.Length; index++)
        {
            if (!Terminators.Contains(line[index], StringComparison.Ordinal))
            {
                continue;
            }

            bool wide = WideTerminators.Contains(line[index], StringComparison.Ordinal);
            while (index + 1 < line.Length && (Terminators + Closers).Contains(line[index + 1], StringComparison.Ordinal))
            {
                index++;
            }

            if (wide || index + 1 == line.Length || char.IsWhiteSpace(line[index + 1]))
            {
                if (Sentence(line[start..(index + 1)]) is { } sentence)
                {
                    yield return sentence;
                }

                start = index + 1;
            }
        }

        if (Sentence(line[start..]) is { } rest)
        {
            yield return rest;
        }
    }

    private static string? Sentence(string text) => text.Any(char.IsLetterOrDigit) ? text.Trim() : null;

    private static int CountWords(string sentence) =>
        sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex("[0-9A-Fa-f]{8,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HexRun();

    /// <summary>A time or role in brackets and a speaker of up to three words with a colon.</summary>
    [GeneratedRegex(@"^(?:\[[^\]]{1,30}\]\s*)?[^\s:]{1,30}(?: [^\s:]{1,30}){0,2}:\**\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Label();
}
