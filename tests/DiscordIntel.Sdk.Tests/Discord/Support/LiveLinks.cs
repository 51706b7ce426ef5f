using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>What must not be live: links to hosts that <see cref="ReplyCase.Links"/> does not allow.</summary>
internal static partial class LiveLinks
{
    /// <summary>The first one in a content where code blocks are read before everything else, or null.</summary>
    public static string? Foreign(string content) =>
        Schemes().IsMatch(content) ? Links().Matches(MarkupOracle.Live(content)).Select(link => link.Value).FirstOrDefault(IsForeign) : null;

    /// <summary>The first one in a content where the mark wins that opens first, or null.</summary>
    public static string? ForeignByPosition(string content) => Schemes().IsMatch(content) ? LinkOracle.Live(content).FirstOrDefault(IsForeign) : null;

    // With such a mark in its host an address is none.
    private static bool IsForeign(string link) => LinkOracle.Host(link) is not ("example.com" or "allowed.org") and var host && !host.AsSpan().ContainsAny("<>|^");

    [GeneratedRegex(@"https?\\?:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Schemes();

    [GeneratedRegex(@"https?://[^\s<\u0001]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
