using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Snippets;

internal sealed class EvidenceSnippets
{
    #region evidence-source
    public sealed class ServerWiki(IWiki wiki) : IEvidenceSource
    {
        public async ValueTask<IReadOnlyList<EvidencePassage>> FindAsync(string claim, IntelScope scope, CancellationToken cancellationToken) =>
        [
            .. (await wiki.SearchAsync(scope.Tenant, claim, cancellationToken)).Select(page => new EvidencePassage
            {
                Title = page.Title,
                Url = page.Address,
                Date = page.Changed,
                Text = page.Paragraph,   // word for word: a citation has to stand in it
            }),
        ];
    }
    #endregion

    public interface IWiki
    {
        Task<IReadOnlyList<Page>> SearchAsync(string tenant, string words, CancellationToken cancellationToken);
    }

    public sealed record Page(string Title, Uri Address, DateOnly Changed, string Paragraph);

    [Test]
    public async Task Folder()
    {
        var services = new ServiceCollection();
        DirectoryInfo folder = Directory.CreateDirectory("evidence");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "pilot.md"), "# The pilot\n\nThe pilot carried 8,412 people in six weeks.");

        #region evidence-folder
        services.AddDiscordIntel().UseEvidenceFolder("evidence");
        #endregion

        services.AddDiscordIntel().UseEmulator(new OpenAIEmulator().Enqueue(
            EmulatorReply.Json(
                """
                {"summary":"About a pilot.","score":5,"confidence":0.5,"keyPoints":[{"text":"The pilot.","quote":"The pilot carried nine thousand people."}],"biasIndicators":[],
                 "claims":[{"text":"The pilot carried 9,000 people.","quote":"The pilot carried nine thousand people.","belief":"Unsure","confidence":0.1,"speaker":null,"wouldSettle":"A count."}]}
                """),
            EmulatorReply.Json("""{"rulings":[{"claim":1,"citations":[{"passage":1,"quote":"The pilot carried 8,412 people in six weeks."}],"verdict":"Disputed"}]}""")));
        AnalysisClient analysis = services.BuildServiceProvider().GetRequiredService<AnalysisClient>();
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        string transcript = "Ann: The pilot carried nine thousand people.";
        var told = new List<string>();

        #region evidence-read
        StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(transcript, AnalysisKind.FactCheck, scope, ct);
        foreach (Claim claim in result.Value?.Claims ?? [])
        {
            string cited = string.Join("; ", claim.Evidence.Select(e => $"“{e.Quote.Text}” ({e.Title}, {e.Date}, {e.Url})"));
            told.Add($"{claim.Text} {claim.Verdict}. {cited}");
        }
        #endregion

        Assert.That(told.Single(), Does.StartWith("The pilot carried 9,000 people. Disputed. “The pilot carried 8,412 people in six weeks.” (The pilot, "));
    }

    [Test]
    public async Task Own()
    {
        EvidencePassage found = (await new ServerWiki(new Wiki()).FindAsync("trams", Emulated.Scope, CancellationToken.None)).Single();
        Assert.That(found.Title, Is.EqualTo("Trams"));
    }

    private sealed class Wiki : IWiki
    {
        public Task<IReadOnlyList<Page>> SearchAsync(string tenant, string words, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Page>>([new Page("Trams", new Uri("https://example.org"), new DateOnly(2026, 1, 1), "Trams are free.")]);
    }
}
