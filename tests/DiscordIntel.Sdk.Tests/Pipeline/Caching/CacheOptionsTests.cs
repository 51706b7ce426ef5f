using DiscordIntel.Pipeline.Caching;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Caching;

[TestFixture]
internal sealed class CacheOptionsTests
{
    [Test]
    public void Defaults_All_AreLawfulAndLeaveFreeTextOut()
    {
        CacheOptions options = new();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Faults("Cache"), Is.Empty);
            Assert.That((options.Enabled, options.FreeText, options.Duration, options.SizeLimitMb), Is.EqualTo((true, false, TimeSpan.FromHours(1), 64)));
        }
    }

    [TestCase("00:00:01", 1, 0)]
    [TestCase("7.00:00:00", 65536, 0)]
    [TestCase("00:00:00.9999999", 1, 1)]
    [TestCase("7.00:00:00.0000001", 1, 1)]
    [TestCase("00:00:01", 0, 1)]
    [TestCase("00:00:01", 65537, 1)]
    [TestCase("-01:00:00", -1, 2)]
    public void Faults_AtTheLimits_NameTheSettingAndTheRange(string duration, int sizeLimitMb, int faults)
    {
        string[] found = [.. new CacheOptions { Duration = TimeSpan.Parse(duration, null), SizeLimitMb = sizeLimitMb }.Faults("DiscordIntel:Cache")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Has.Length.EqualTo(faults));
            Assert.That(found, Has.All.Match("^DiscordIntel:Cache:(Duration|SizeLimitMb) is .+ Set a .+ from .+ to .+\\.$"));
        }
    }
}
