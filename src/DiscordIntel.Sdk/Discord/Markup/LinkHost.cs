using System.Buffers;

namespace DiscordIntel.Discord.Markup;

/// <summary>Whether a policy allows a link, judged by its host alone. What browsers read in more than one way is not allowed.</summary>
internal static class LinkHost
{
    private const int Longest = 253;

    private static readonly SearchValues<char> HostChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <param name="policy">The rules.</param>
    /// <param name="link">The link, from its scheme on.</param>
    /// <param name="terminator">The character after it.</param>
    /// <param name="inAngles">Whether an angle bracket opens before it.</param>
    public static bool IsAllowed(LinkPolicy policy, ReadOnlySpan<char> link, char terminator, bool inAngles)
    {
        if (policy.AllowsEveryHost)
        {
            return true;
        }

        int scheme = link.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : link.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        ReadOnlySpan<char> rest = link[scheme..];

        // A link within a link, which a cut between them would set free, its slashes missing or not; and backslashes, which browsers take for slashes or leave out.
        if (scheme == 0 || rest.Contains("://", StringComparison.Ordinal) || HoldsScheme(rest) || rest.Contains('\\'))
        {
            return false;
        }

        // Without a path the host goes on as far as the link, or turns out to be the name of a user: "https://good.com>@evil.com". Within angle brackets it goes
        // on behind a line break.
        int end = rest.IndexOfAny("/?#");
        if (end < 0 && (inAngles || GoesOn(terminator)))
        {
            return false;
        }

        ReadOnlySpan<char> host = end < 0 ? rest : rest[..end];
        int port = host.LastIndexOf(':');
        if (port >= 0 && !host[(port + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            host = host[..port];
        }

        // User names ("good.com@evil.com"), backslashes and IPv6 fall out here.
        return host.Length is > 0 and <= Longest && !host.ContainsAnyExcept(HostChars) && (IsListed(policy, host) || IsNamed(policy.UserText, host));
    }

    /// <summary>Whether a link goes on behind the part that is looked at here: to Discord it ends at a blank or an angle bracket only.</summary>
    public static bool GoesOn(char terminator) => terminator is not ('\0' or ' ' or '\n' or '\t' or '<');

    private static bool HoldsScheme(ReadOnlySpan<char> rest) =>
        rest.Contains("http:", StringComparison.OrdinalIgnoreCase) || rest.Contains("https:", StringComparison.OrdinalIgnoreCase);

    private static bool IsListed(LinkPolicy policy, ReadOnlySpan<char> host)
    {
        foreach (string allowed in policy.AllowedHosts)
        {
            if (host.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(ReadOnlySpan<char> text, ReadOnlySpan<char> host)
    {
        for (int at = text.IndexOf(host, StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            ReadOnlySpan<char> after = text[(at + host.Length)..].TrimStart('.');
            bool starts = at == 0 || !IsOfHost(text[at - 1]);
            bool ends = after.IsEmpty || !IsOfHost(after[0]);
            if (starts && ends)
            {
                return true;
            }

            int next = text[(at + 1)..].IndexOf(host, StringComparison.OrdinalIgnoreCase);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool IsOfHost(char c) => HostChars.Contains(c) || (c > '\x7F' && char.IsLetterOrDigit(c));
}
