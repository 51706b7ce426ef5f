using DiscordIntel.Providers;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class RetryHintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [TestCase(null, null, null)]
    [TestCase(null, "2", 2000d)]
    [TestCase(null, "0", 0d)]
    [TestCase(null, "1.5", 1500d)]
    [TestCase(null, " 3 ", 3000d)]
    [TestCase("1798", "2", 1798d)]
    [TestCase("0.5", null, 0.5d)]
    [TestCase("garbage", "2", 2000d)]
    [TestCase("-1", "2", 2000d)]
    [TestCase(null, "Mon, 23 Nov 2026 12:00:30 GMT", 30_000d)]
    [TestCase(null, "Mon, 23 Nov 2026 11:00:00 GMT", 0d)]
    [TestCase(null, "Monday, 23-Nov-26 12:01:00 GMT", 60_000d)]
    [TestCase(null, "-5", null)]
    [TestCase(null, "", null)]
    [TestCase(null, "soon", null)]
    [TestCase(null, "NaN", null)]
    [TestCase(null, "Infinity", null)]
    [TestCase(null, "12:30", null)]
    [TestCase(null, "1.5.2", null)]
    [TestCase(null, "5s", null)]
    public void RetryAfter_HeaderText_IsReadOrPassedOver(string? milliseconds, string? retryAfter, double? expected) =>
        Assert.That(RetryHints.RetryAfter(milliseconds, retryAfter, Now)?.TotalMilliseconds, Is.EqualTo(expected));

    [TestCase("99999999999999999999", null)]
    [TestCase(null, "99999999999999999999")]
    [TestCase(null, "Fri, 31 Dec 9999 23:59:59 GMT")]
    public void RetryAfter_Huge_IsCappedAtAYear(string? milliseconds, string? retryAfter) =>
        Assert.That(RetryHints.RetryAfter(milliseconds, retryAfter, Now), Is.EqualTo(TimeSpan.FromDays(365)));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool RetryAfter_AnyText_IsNullOrBetweenZeroAndAYear(string? milliseconds, string? retryAfter) =>
        RetryHints.RetryAfter(milliseconds, retryAfter, Now) is null or { Ticks: >= 0 and <= 365 * TimeSpan.TicksPerDay };
}
