using DiscordIntel.Pipeline.Limits;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class ProviderPausesTests
{
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LimitClock _clock = new();

    [Test]
    public void Pause_OfAModel_RunsOffAndIsForgotten()
    {
        var pauses = new ProviderPauses(_clock);
        Assert.That(pauses.Remaining("p", "m"), Is.Null);
        pauses.Pause("p", "m", 10 * Second, Cap);
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(10 * Second));
        _clock.Advance(TimeSpan.FromTicks((10 * TimeSpan.TicksPerSecond) - 1));
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(TimeSpan.FromTicks(1)));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.That((pauses.Remaining("p", "m"), pauses.Count), Is.EqualTo(((TimeSpan?)null, 0)));
    }

    [Test]
    public void Pause_OtherProviderOrModel_IsNotMeant()
    {
        var pauses = new ProviderPauses(_clock);
        pauses.Pause("p:m", "x", Second, Cap);
        Assert.That((pauses.Remaining("p", "m:x"), pauses.Remaining("p:m", "X"), pauses.Remaining("p:m", "")), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null, (TimeSpan?)null)));
        Assert.That(pauses.Remaining("p:m", "x"), Is.EqualTo(Second));
    }

    [Test]
    public void Pause_Twice_TheLaterEndWins()
    {
        var pauses = new ProviderPauses(_clock);
        pauses.Pause("p", "m", 10 * Second, Cap);
        _clock.Advance(4 * Second);
        pauses.Pause("p", "m", 5 * Second, Cap);
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(6 * Second));
        pauses.Pause("p", "m", 7 * Second, Cap);
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(7 * Second));
    }

    [Test]
    public void Pause_LongerThanTheCap_IsCut()
    {
        var pauses = new ProviderPauses(_clock);
        pauses.Pause("p", "m", TimeSpan.FromHours(114), Cap);
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(Cap));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Pause_OfNoTime_IsNone(int seconds)
    {
        var pauses = new ProviderPauses(_clock);
        pauses.Pause("p", "m", seconds * Second, Cap);
        Assert.That((pauses.Remaining("p", "m"), pauses.Count), Is.EqualTo(((TimeSpan?)null, 0)));
    }

    [Test]
    public void Pause_ManyModels_OldOnesAreForgottenThoughNobodyAsks()
    {
        var pauses = new ProviderPauses(_clock);
        for (int i = 0; i < 1000; i++)
        {
            pauses.Pause("p", $"{i}", Second, Cap);
            _clock.Advance(Second / 10);
        }

        Assert.That(pauses.Count, Is.EqualTo(10));
    }

    [Test]
    public void Remaining_ClockJumpsBack_IsNoLonger()
    {
        var pauses = new ProviderPauses(_clock);
        pauses.Pause("p", "m", 10 * Second, Cap);
        _clock.Jump(TimeSpan.FromHours(-5));
        Assert.That(pauses.Remaining("p", "m"), Is.EqualTo(10 * Second));
        _clock.Advance(10 * Second);
        Assert.That(pauses.Remaining("p", "m"), Is.Null);
    }
}
