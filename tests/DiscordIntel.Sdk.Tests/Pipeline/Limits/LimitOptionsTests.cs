using DiscordIntel.Pipeline.Limits;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class LimitOptionsTests
{
    private const string Fix = "Set a whole number from 1 to 1000000, or null for no limit.";

    [Test]
    public void Defaults_Fresh_Are60ForTheBotAndNoOther()
    {
        var options = new LimitOptions();
        Assert.That(
            (options.RequestsPerMinute, options.TenantRequestsPerMinute, options.UserRequestsPerMinute, options.BackgroundQueueLimit),
            Is.EqualTo(((int?)60, (int?)null, (int?)null, 100)));
        Assert.That(options.Faults("P"), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_000_001)]
    [TestCase(int.MaxValue)]
    [TestCase(int.MinValue)]
    public void Faults_LimitOutOfRange_NamesPathValueAndFix(int value)
    {
        var options = new LimitOptions { RequestsPerMinute = value, TenantRequestsPerMinute = value, UserRequestsPerMinute = value };
        Assert.That(options.Faults("A:Limits"), Is.EqualTo(new[]
        {
            $"A:Limits:RequestsPerMinute is {value}. {Fix}",
            $"A:Limits:TenantRequestsPerMinute is {value}. {Fix}",
            $"A:Limits:UserRequestsPerMinute is {value}. {Fix}",
        }));
    }

    [TestCase(-1)]
    [TestCase(1_000_001)]
    public void Faults_QueueOutOfRange_NamesPathValueAndFix(int value) =>
        Assert.That(
            new LimitOptions { BackgroundQueueLimit = value }.Faults("A:Limits"),
            Is.EqualTo(new[] { $"A:Limits:BackgroundQueueLimit is {value}. Set a whole number from 0 (no call waits) to 1000000." }));

    [TestCase(1, 0)]
    [TestCase(1_000_000, 1_000_000)]
    [TestCase(null, 100)]
    public void Faults_ValueAtTheBorder_None(int? limit, int queue) =>
        Assert.That(
            new LimitOptions { RequestsPerMinute = limit, TenantRequestsPerMinute = limit, UserRequestsPerMinute = limit, BackgroundQueueLimit = queue }.Faults("P"),
            Is.Empty);
}
