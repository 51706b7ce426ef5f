using DiscordIntel.Providers;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class RateLimitHeadersTests
{
    private static readonly Dictionary<string, string> None = [];

    // Nothing left: how the reset is read.
    [TestCase("12ms", 12d)]
    [TestCase("1s", 1000d)]
    [TestCase("6m0s", 360_000d)]
    [TestCase("1h2m3.5s", 3_723_500d)]
    [TestCase("2m59.56s", 179_560d)]
    [TestCase("1m.5s", 60_500d)]
    [TestCase("250us", 0.25)]
    [TestCase("250\u00b5s", 0.25)]
    [TestCase("250\u03bcs", 0.25)]
    [TestCase("1500ns", 0.0015)]
    [TestCase("24h", 86_400_000d)]
    [TestCase("8760h", 31_536_000_000d)]
    [TestCase(" 7s ", 7000d)]
    [TestCase("7", 7000d)]
    [TestCase("0.5", 500d)]
    [TestCase("0", null)]
    [TestCase("0s", null)]
    [TestCase("0h0m0s", null)]
    [TestCase("1ns", null)]
    [TestCase("-1", null)]
    [TestCase("-1s", null)]
    [TestCase("+1s", null)]
    [TestCase("1s-2s", null)]
    [TestCase("", null)]
    [TestCase(" ", null)]
    [TestCase(null, null)]
    [TestCase("s", null)]
    [TestCase("1x", null)]
    [TestCase("1 s", null)]
    [TestCase("1S", null)]
    [TestCase("1s2", null)]
    [TestCase("1.2.3s", null)]
    [TestCase(".s", null)]
    [TestCase("1,5s", null)]
    [TestCase("1e3", null)]
    [TestCase("NaN", null)]
    [TestCase("Infinity", null)]
    [TestCase("soon", null)]
    [TestCase("2026-11-23T12:00:00Z", null)]
    [TestCase("1795435200", null)]
    [TestCase("8761h", null)]
    [TestCase("99999999999999999999999999999999999999h", null)]
    public void Pause_NothingLeft_IsTheReset(string? reset, double? milliseconds) =>
        Assert.That(RateLimitHeaders.Pause("60", "0", reset)?.TotalMilliseconds, Is.EqualTo(milliseconds));

    // A reset of a second: when it is obeyed.
    [TestCase("60", "0", true)]
    [TestCase(null, "0", true)]
    [TestCase("many", "0", true)]
    [TestCase("60", " 0 ", true)]
    [TestCase("60", "1", false)]
    [TestCase("60", "59", false)]
    [TestCase("60", "-1", false)]
    [TestCase("60", "0.5", false)]
    [TestCase("60", "", false)]
    [TestCase("60", "none", false)]
    [TestCase("60", null, false)]
    [TestCase("0", "0", false)]
    [TestCase("-1", "0", false)]
    [TestCase("-1", "-1", false)]
    [TestCase("0", "-1", false)]
    [TestCase("60", "99999999999999999999", false)]
    public void Pause_ResetOfASecond_IsObeyedOnlyWhenNothingIsLeftOfALimit(string? limit, string? remaining, bool pause) =>
        Assert.That(RateLimitHeaders.Pause(limit, remaining, "1s"), Is.EqualTo(pause ? TimeSpan.FromSeconds(1) : (TimeSpan?)null));

    [TestCase("60|59|1s", "150000|149984|6m0s", null)]
    [TestCase("60|0|1s", "150000|149984|6m0s", 1d)]
    [TestCase("60|59|1s", "150000|0|6m0s", 360d)]
    [TestCase("60|0|1s", "150000|0|6m0s", 360d)]
    [TestCase("60|0|10m", "150000|0|6m0s", 600d)]
    [TestCase("60|0|2s", "||", 2d)]
    [TestCase("||", "150000|0|3s", 3d)]
    [TestCase("-1|-1|0", "0|0|0", null)]
    [TestCase("0|0|", "-1|-1|", null)]
    [TestCase("60|0|", "150000|0|", null)]
    [TestCase("60|0|nonsense", "150000|0|4s", 4d)]
    [TestCase("||", "||", null)]
    public void Pause_Headers_IsTheLongerOfRequestsAndTokens(string requests, string tokens, double? seconds)
    {
        var headers = new Dictionary<string, string>();
        foreach ((string kind, string values) in new[] { ("requests", requests), ("tokens", tokens) })
        {
            foreach ((string name, string value) in new[] { "limit", "remaining", "reset" }.Zip(values.Split('|')))
            {
                if (value.Length > 0)
                {
                    headers[$"x-ratelimit-{name}-{kind}"] = value;
                }
            }
        }

        Assert.That(RateLimitHeaders.Pause(headers, (all, name) => all.GetValueOrDefault(name))?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public void Pause_NoHeaders_LooksOnceAKind()
    {
        List<string> looked = [];
        RateLimitHeaders.Pause(None, (_, name) =>
        {
            looked.Add(name);
            return null;
        });
        Assert.That(looked, Is.EqualTo(new[] { "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens" }));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool Pause_AnyText_IsNullOrBetweenZeroAndAYear(string? limit, string? remaining, string? reset) =>
        RateLimitHeaders.Pause(limit, remaining, reset) is null && RateLimitHeaders.Pause("1", "0", reset) is null or { Ticks: > 0 and <= 365 * TimeSpan.TicksPerDay };

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool Pause_DurationAsGoWritesIt_IsReadToTheTick(ushort hours, byte minutes, byte seconds, ushort milliseconds)
    {
        var time = new TimeSpan(0, hours % 8760, minutes % 60, seconds % 60, milliseconds % 1000);
        string text = FormattableString.Invariant($"{(long)time.TotalHours}h{time.Minutes}m{time.Seconds + (time.Milliseconds / 1000m)}s");
        return RateLimitHeaders.Pause(null, "0", text) == (time > TimeSpan.Zero ? time : null);
    }
}
