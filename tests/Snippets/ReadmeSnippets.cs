#pragma warning disable CA1050, MA0047 // As a reader of the README would write it.
#region readme-usage
using DiscordIntel;
using DiscordIntel.Analysis;
using DiscordIntel.Results;

public sealed class DebateModule(AnalysisClient analysis)
{
    public async Task<string> JudgeAsync(string text, ulong guild, ulong channel, ulong user, CancellationToken ct)
    {
        StepResult<ContentAnalysis> result =
            await analysis.AnalyzeAsync(text, AnalysisKind.Debate, IntelScope.Guild(guild, channel, user), ct);
        return result.Match(a => $"{a.Score:0.0} of 10. {a.Summary}", error => error.UserMessage);
    }
}
#endregion

namespace DiscordIntel.Snippets
{
    internal sealed class ReadmeSnippets
    {
        [Test]
        public async Task Usage()
        {
            var module = new DebateModule(Emulated.Client().Analysis);
            string shown = await module.JudgeAsync("Ann: Buses should be free. Bob: Nothing is free.", 1, 2, 3, CancellationToken.None);
            Assert.That(shown, Does.Match(@"^\d+\.\d of 10\. .+"));
        }
    }
}
