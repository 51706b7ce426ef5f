namespace DiscordIntel.Analysis.LongContent;

/// <summary>Texts of several parts as one that keeps to a length.</summary>
internal static class JoinedText
{
    /// <summary>All texts where they fit; else cut to equal pieces, of so many parts at even distances.</summary>
    public static string Of(IEnumerable<string> texts, string separator, int mostChars, int mostPieces)
    {
        string[] distinct = [.. texts.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        string whole = string.Join(separator, distinct);
        if (whole.Length <= mostChars)
        {
            // Nothing but white space was one lawful text, and is warned about.
            return whole.Length > 0 ? whole : " ";
        }

        int pieces = Math.Min(mostPieces, distinct.Length);
        int room = (mostChars - ((pieces - 1) * separator.Length)) / pieces;
        return string.Join(separator, FairShare.Evenly(distinct, pieces).Select(text => Cut(text, room)));
    }

    private static string Cut(string text, int mostChars)
    {
        if (text.Length <= mostChars)
        {
            return text;
        }

        int end = mostChars - 1;
        int space = text.LastIndexOf(' ', end);
        if (space > end / 2)
        {
            end = space;
        }
        else if (char.IsSurrogatePair(text, end - 1))
        {
            end--;
        }

        return $"{text.AsSpan(0, end).TrimEnd()}…";
    }
}
