using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Tests.Structured;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

internal sealed class AnalysisOptionsTests : ClientFixture
{
    [Test]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new AnalysisOptions();

        Assert.That((options.PartTokens, options.OverlapTokens, options.MaxParallelParts), Is.EqualTo((12_000, 150, 4)));
        Assert.That(options.Faults("Analysis"), Is.Empty);
    }

    [TestCase(100, 25, 1)]
    [TestCase(100, 0, 32)]
    [TestCase(500_000, 100_000, 4)]
    [TestCase(100, 150, 4)]
    public void Faults_ValuesWithinTheirRanges_AreNone(int part, int overlap, int parallel) =>
        Assert.That(Options(part, overlap, parallel).Faults("Analysis"), Is.Empty);

    [TestCase(99, 0, 4, "Analysis:PartTokens is 99. Set a whole number from 100 to 500000.")]
    [TestCase(500_001, 0, 4, "Analysis:PartTokens is 500001. Set a whole number from 100 to 500000.")]
    [TestCase(100, 100_001, 4, "Analysis:OverlapTokens is 100001. Set a whole number from 0 to 100000.")]
    [TestCase(100, -1, 4, "Analysis:OverlapTokens is -1. Set a whole number from 0 to 100000.")]
    [TestCase(100, 0, 0, "Analysis:MaxParallelParts is 0. Set a whole number from 1 to 32.")]
    [TestCase(100, 0, 33, "Analysis:MaxParallelParts is 33. Set a whole number from 1 to 32.")]
    public void Faults_ValueOutsideItsRange_SaysPathValueAndFix(int part, int overlap, int parallel, string fault) =>
        Assert.That(Options(part, overlap, parallel).Faults("Analysis"), Is.EqualTo(new[] { fault }));

    [Test]
    public void Start_WrongValue_IsRefused()
    {
        Configure(options => options.Analysis.PartTokens = 5);

        Assert.That(() => Get<AnalysisClient>().Split("x"), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("DiscordIntel:Analysis:PartTokens is 5."));
    }

    [Test]
    public async Task AnalyzeAsync_TextAboveThePartSize_IsReadInParts()
    {
        Configure(options => (options.Analysis.PartTokens, options.Analysis.OverlapTokens) = (100, 0));

        StepResult<ContentAnalysis> result = await Get<AnalysisClient>().AnalyzeAsync(
            string.Concat(Enumerable.Repeat("Four words stand here. ", 40)), AnalysisKind.Debate, Scope);

        Assert.That(result.Receipt.Attempts, Is.EqualTo(4), "three parts and the merge");
    }

    private static AnalysisOptions Options(int part, int overlap, int parallel) =>
        new() { PartTokens = part, OverlapTokens = overlap, MaxParallelParts = parallel };
}
