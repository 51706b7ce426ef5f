using NUnit.Framework;

namespace DiscordIntel.Tests;

[TestFixture]
internal sealed class GenerationOptionsTests
{
    private static readonly GenerationOptions Full = new()
    {
        Model = "m", MaxOutputTokens = 5, Temperature = 1.5f, ReasoningEffort = "low", Timeout = TimeSpan.FromSeconds(3),
    };

    [Test]
    public void Over_EverythingSet_KeepsItsOwn() => Assert.That(Full.Over(new GenerationOptions { Model = "x", Temperature = 0 }), Is.EqualTo(Full));

    [Test]
    public void Over_NothingSet_TakesTheDefaults() => Assert.That(new GenerationOptions().Over(Full), Is.EqualTo(Full));

    [Test]
    public void Over_Any_LeavesBothAsTheyWere()
    {
        GenerationOptions empty = new();
        GenerationOptions merged = empty.Over(Full);
        merged.Model = "changed";
        Assert.That((empty, Full.Model), Is.EqualTo((new GenerationOptions(), "m")));
    }

    [Test]
    public void Faults_NothingSet_None() => Assert.That(new GenerationOptions().Faults("p"), Is.Empty);

    [Test]
    public void Faults_Borders_AreAllowed()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new GenerationOptions { MaxOutputTokens = 1, Temperature = 0, Timeout = TimeSpan.FromTicks(1) }.Faults("p"), Is.Empty);
            Assert.That(new GenerationOptions { MaxOutputTokens = int.MaxValue, Temperature = 2, Timeout = TimeSpan.FromHours(12) }.Faults("p"), Is.Empty);
        }
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new(new GenerationOptions { Model = " " }, "p:Model is empty.");
        yield return new(new GenerationOptions { MaxOutputTokens = 0 }, "p:MaxOutputTokens is 0.");
        yield return new(new GenerationOptions { MaxOutputTokens = -4 }, "p:MaxOutputTokens is -4.");
        yield return new(new GenerationOptions { Temperature = 2.1f }, "p:Temperature is 2.1.");
        yield return new(new GenerationOptions { Temperature = -0.5f }, "p:Temperature is -0.5.");
        yield return new(new GenerationOptions { Temperature = float.NaN }, "p:Temperature is NaN.");
        yield return new(new GenerationOptions { Temperature = float.PositiveInfinity }, "p:Temperature is Infinity.");
        yield return new(new GenerationOptions { ReasoningEffort = "" }, "p:ReasoningEffort is empty.");
        yield return new(new GenerationOptions { Timeout = TimeSpan.Zero }, "p:Timeout is 00:00:00.");
        yield return new(new GenerationOptions { Timeout = TimeSpan.FromSeconds(-1) }, "p:Timeout is -00:00:01.");

        // "Timeout = 90" is ninety days to .NET, and never what was meant.
        yield return new(new GenerationOptions { Timeout = TimeSpan.FromDays(90) }, "p:Timeout is 90.00:00:00.");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Faults_OutOfRange_OneSentenceWithPathAndValueAndOneWithTheFix(GenerationOptions options, string start)
    {
        string[] faults = [.. options.Faults("p")];
        Assert.That(faults, Has.Length.EqualTo(1));
        Assert.That(faults[0], Does.StartWith(start).And.Match(@"\. (Set|Name) .+\.$"));
    }
}
