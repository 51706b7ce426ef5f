using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Tests.Analysis.Evidence;

/// <summary>Fact checks of two claims, with a source of evidence and scripted answers.</summary>
internal abstract class EvidenceFixture : ClientFixture
{
    protected const string Content = "Mara: Trams are free in Luxembourg.\nJonas: The pilot carried nine thousand people.";

    protected static EvidencePassage Trams { get; } = new()
    {
        Title = "Transport in Luxembourg",
        Url = new Uri("https://example.org/trams"),
        Date = new DateOnly(2020, 3, 1),
        Text = "Since 1 March 2020 public transport is free in the whole country. Trains in first class are not.",
    };

    protected static EvidencePassage Pilot { get; } = new() { Title = "The pilot", Text = "In six weeks the pilot carried 8,412 people. It cost 90,000 euros." };

    protected AnalysisClient Client => Get<AnalysisClient>();

    protected void Use(IEvidenceSource source, Action<DiscordIntelOptions>? configure = null) =>
        Configure(configure, builder => builder.Services.AddSingleton(source));

    protected Task<StepResult<ContentAnalysis>> CheckAsync(GenerationOptions? generation = null, CancellationToken cancellationToken = default) =>
        Client.AnalyzeAsync(new AnalysisRequest { Content = Content, Kind = AnalysisKind.FactCheck, Generation = generation }, Scope, cancellationToken);

    /// <summary>An answer with these claims, each resting on words of the content.</summary>
    protected static EmulatorReply Claims(params string[] texts) => Completion(ClaimsJson(texts).ToJsonString());

    protected static JsonObject ClaimsJson(params string[] texts)
    {
        JsonObject answer = Answers.Of(AnalysisKind.FactCheck, "Trams are free in Luxembourg.", "Mara");
        JsonNode claim = answer["claims"]![0]!;
        answer["claims"] = new JsonArray([.. texts.Select(text =>
        {
            JsonNode copy = claim.DeepClone();
            copy["text"] = text;
            return copy;
        })]);
        return answer;
    }

    /// <summary>What a model says of claims.</summary>
    protected static EmulatorReply Rulings(params (int Claim, string Verdict, (int Passage, string Quote)[] Citations)[] rulings) => Completion(new JsonObject
    {
        ["rulings"] = new JsonArray([.. rulings.Select(ruling => new JsonObject
        {
            ["claim"] = ruling.Claim,
            ["citations"] = new JsonArray([.. ruling.Citations.Select(citation => new JsonObject { ["passage"] = citation.Passage, ["quote"] = citation.Quote })]),
            ["verdict"] = ruling.Verdict,
        })]),
    }.ToJsonString());
}
