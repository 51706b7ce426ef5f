using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// Makes a foreign sentence fit for a log: configured secrets, things that look like keys, and echoes of the caller's own words are taken out.
/// </summary>
internal static partial class Scrubber
{
    private const int EchoLength = 16;
    private const int MaxLength = 400;

    public static string Clean(string text, IEnumerable<string?> secrets, IEnumerable<ChatMessage> messages)
    {
        string cut = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "…") : text;
        foreach (string? secret in secrets)
        {
            if (secret is { Length: >= 4 })
            {
                cut = cut.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        cut = KeyLike().Replace(cut, "***");
        foreach (ChatMessage message in messages)
        {
            cut = MaskEchoes(cut, message.Text);
        }

        return ControlCharacters().Replace(cut, " ");
    }

    /// <summary>Masks every run of 16 characters or more that also stands in the content, and the content itself where it is shorter.</summary>
    private static string MaskEchoes(string text, string content)
    {
        int window = Math.Min(EchoLength, content.Length);
        if (window < 4 || text.Length < window)
        {
            return text;
        }

        var masked = new bool[text.Length];
        bool found = false;
        for (int i = 0; i + window <= text.Length; i++)
        {
            if (content.AsSpan().IndexOf(text.AsSpan(i, window), StringComparison.OrdinalIgnoreCase) >= 0)
            {
                masked.AsSpan(i, window).Fill(true);
                found = true;
            }
        }

        if (!found)
        {
            return text;
        }

        var rest = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!masked[i])
            {
                rest.Append(text[i]);
            }
            else if (i == 0 || !masked[i - 1])
            {
                rest.Append("[content]");
            }
        }

        return rest.ToString();
    }

    // OpenAI and OpenRouter keys, bearer values, Discord bot tokens and the tokens in webhook addresses.
    [GeneratedRegex(
        @"sk-[A-Za-z0-9_\-*.]{4,}|[Bb]earer\s+[^\s""']+|[A-Za-z0-9_\-]{23,28}\.[A-Za-z0-9_\-]{6,7}\.[A-Za-z0-9_\-]{27,}|(?:webhooks|interactions)/\d+/[^\s/""']+",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"\p{Cc}+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ControlCharacters();
}
