using System.Buffers;
using System.Text;
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

    // Looked at beyond the cut, so that what begins before it and ends behind it is still known for what it is.
    private const int MaxLooked = 4 * 1024;

    private static readonly SearchValues<char> IdentifierLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+-");

    public static string Clean(string text, IEnumerable<string?> secrets, IEnumerable<ChatMessage> messages)
    {
        string plain = Plain(text.Length > MaxLooked ? text[..MaxLooked] : text);
        var masks = new Mask[plain.Length];
        foreach (string? secret in secrets)
        {
            if (secret is { Length: >= 4 })
            {
                MaskSecret(plain, secret, masks);
            }
        }

        foreach (ValueMatch match in KeyLike().EnumerateMatches(plain))
        {
            masks.AsSpan(match.Index, match.Length).Fill(Mask.Secret);
        }

        foreach (ChatMessage message in messages)
        {
            MaskEchoes(plain, Plain(message.Text), masks);
        }

        return Show(plain, masks);
    }

    /// <summary>Whether a text looks like an id or a model's name, and not like a key: such a one may be shown as it is.</summary>
    public static bool IsIdentifier(string text)
    {
        if (text.Length is 0 or > 128 || !char.IsAsciiLetterOrDigit(text[0]) || text.StartsWith("sk-", StringComparison.Ordinal))
        {
            return false;
        }

        return !text.AsSpan().ContainsAnyExcept(IdentifierLetters);
    }

    private static string Plain(string text) => ControlCharacter().Replace(text, " ");

    private static void MaskSecret(string text, string secret, Mask[] masks)
    {
        for (int at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at + 1, StringComparison.Ordinal))
        {
            masks.AsSpan(at, secret.Length).Fill(Mask.Secret);
        }
    }

    /// <summary>Masks every run of 16 characters or more that also stands in the content, and the content itself where it is shorter.</summary>
    private static void MaskEchoes(string text, string content, Mask[] masks)
    {
        int window = Math.Min(EchoLength, content.Length);
        for (int i = 0; window >= 4 && i + window <= text.Length; i++)
        {
            if (content.AsSpan().IndexOf(text.AsSpan(i, window), StringComparison.OrdinalIgnoreCase) < 0)
            {
                continue;
            }

            foreach (ref Mask mask in masks.AsSpan(i, window))
            {
                mask = mask is Mask.Secret ? mask : Mask.Echo;
            }
        }
    }

    private static string Show(string text, Mask[] masks)
    {
        var shown = new StringBuilder(Math.Min(text.Length, MaxLength) + 1);
        for (int i = 0; i < text.Length; i++)
        {
            if (i >= MaxLength)
            {
                // Half a character is none.
                shown.Length -= char.IsHighSurrogate(shown[^1]) ? 1 : 0;
                return shown.Append('…').ToString();
            }

            if (masks[i] is Mask.None)
            {
                shown.Append(text[i]);
            }
            else if (i == 0 || masks[i - 1] != masks[i])
            {
                shown.Append(masks[i] is Mask.Secret ? "***" : "[content]");
            }
        }

        return shown.ToString();
    }

    private enum Mask : byte
    {
        None,
        Secret,
        Echo,
    }

    // OpenAI and OpenRouter keys, bearer values, Discord bot tokens and the tokens in webhook addresses.
    [GeneratedRegex(
        @"sk-[A-Za-z0-9_\-*.]{4,}|[Bb]earer\s+[^\s""']+|[A-Za-z0-9_\-]{23,28}\.[A-Za-z0-9_\-]{6,7}\.[A-Za-z0-9_\-]{27,}|(?:webhooks|interactions)/\d+/[^\s/""']+",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"\p{Cc}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ControlCharacter();
}
