using DiscordIntel.Models;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace DiscordIntel.Tests.Models;

[TestFixture]
internal sealed class ShutdownNoticesTests
{
    private static readonly ModelInfo Ending = new() { Id = "old", Shutdown = new DateOnly(2027, 1, 14), Replacement = "new" };

    [TestCase("2026-11-14T23:59:59Z", null)] // 61 days
    [TestCase("2026-11-15T00:00:00Z", "old will be shut down on 2027-01-14, in 60 days: use new.")]
    [TestCase("2027-01-13T23:59:59Z", "old will be shut down on 2027-01-14, in 1 day: use new.")]
    [TestCase("2027-01-14T00:00:00Z", "old was due to be shut down on 2027-01-14: use new.")]
    [TestCase("2028-01-01T00:00:00Z", "old was due to be shut down on 2027-01-14: use new.")]
    public void For_Day_SaysDateDaysAndReplacement(string now, string? expected) =>
        Assert.That(new ShutdownNotices(new BaseLog()).For(Ending, DateTimeOffset.Parse(now)), Is.EqualTo(expected));

    [Test]
    public void For_OtherOffset_CountsDaysInUtc() =>
        Assert.That(new ShutdownNotices(new BaseLog()).For(Ending, DateTimeOffset.Parse("2026-11-15T01:00:00+02:00")), Is.Null);

    [Test]
    public void For_NoReplacement_SaysToChoose() =>
        Assert.That(
            new ShutdownNotices(new BaseLog()).For(Ending with { Replacement = null }, DateTimeOffset.Parse("2027-01-01T00:00:00Z")),
            Is.EqualTo("old will be shut down on 2027-01-14, in 13 days: choose another model."));

    [Test]
    public void For_NoDate_IsNullAndNotLogged()
    {
        var log = new BaseLog();
        Assert.That(new ShutdownNotices(log).For(Ending with { Shutdown = null }, DateTimeOffset.MaxValue), Is.Null);
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void For_ManyCalls_NoticeEachTimeButOneLogLineAModel()
    {
        var log = new BaseLog();
        var notices = new ShutdownNotices(log);
        DateTimeOffset now = DateTimeOffset.Parse("2027-01-01T00:00:00Z");
        Parallel.For(0, 100, i => Assert.That(notices.For(i % 2 == 0 ? Ending : Ending with { Id = "older" }, now), Is.Not.Null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Lines.Select(line => line.Text[..5]), Is.EquivalentTo(new[] { "old w", "older" }));
            Assert.That(log.Lines, Has.All.Property("Level").EqualTo(LogLevel.Warning));
            Assert.That(log.Lines[0].Text, Does.Contain("2027-01-14").And.Contain("use new"));
        }
    }

    [Test]
    public void For_AnotherDayOrACorrectedModel_IsWrittenAnewAndLoggedOnce()
    {
        var log = new BaseLog();
        var notices = new ShutdownNotices(log);
        string?[] said =
        [
            notices.For(Ending, DateTimeOffset.Parse("2027-01-11T23:59:59Z")),
            notices.For(Ending, DateTimeOffset.Parse("2027-01-12T00:00:00Z")),
            notices.For(Ending with { Replacement = "newer" }, DateTimeOffset.Parse("2027-01-12T00:00:00Z")),
        ];

        Assert.That(said, Is.EqualTo(new[]
        {
            "old will be shut down on 2027-01-14, in 3 days: use new.",
            "old will be shut down on 2027-01-14, in 2 days: use new.",
            "old will be shut down on 2027-01-14, in 2 days: use newer.",
        }));
        Assert.That(log.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public void For_TooEarlyFirst_LogsWhenTheDayComes()
    {
        var log = new BaseLog();
        var notices = new ShutdownNotices(log);
        notices.For(Ending, DateTimeOffset.Parse("2026-10-01T00:00:00Z"));
        Assert.That(log.Lines, Is.Empty);
        notices.For(Ending, DateTimeOffset.Parse("2026-12-01T00:00:00Z"));
        Assert.That(log.Lines, Has.Count.EqualTo(1));
    }
}
