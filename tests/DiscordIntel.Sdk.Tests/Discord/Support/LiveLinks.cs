using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>What must not be live, by both readings of Discord's marks: with blocks before everything else, and with the mark first that opens first.</summary>
internal static partial class LiveLinks
{
    /// <summary>A link of the content to a host that <see cref="ReplyCase.Links"/> does not allow, or null.</summary>
    public static string? Foreign(string content) =>
        Schemes().IsMatch(content)
            ? LinkOracle.Live(content).Concat(Links().Matches(MarkupOracle.Live(content)).Select(link => link.Value))
                .FirstOrDefault(link => LinkOracle.Host(link) is not ("example.com" or "allowed.org"))
            : null;

    [GeneratedRegex(@"https?\\?:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Schemes();

    [GeneratedRegex(@"https?://[^\s<\u0001]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
