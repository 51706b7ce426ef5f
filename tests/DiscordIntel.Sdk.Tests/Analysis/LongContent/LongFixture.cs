using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Tests.Structured;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>Analyses of long texts over the emulator, in parts made small by force.</summary>
internal abstract class LongFixture : ClientFixture
{
    protected PartRoad Road { get; private set; } = null!;

    protected AnalysisClient Client => Get<AnalysisClient>();

    /// <summary>Eight turns of two speakers, each turn about a part of 100 tokens.</summary>
    protected static string Turns { get; } = string.Join('\n', Enumerable.Range(1, 8).Select(i =>
        $"{(i % 2 == 1 ? "Mara" : "Jonas")}: " + string.Concat(Enumerable.Range(1, 5).Select(j => $"Sentence {j} of turn {i} is about the night buses of the town. ")).TrimEnd()));

    protected void Cut(int partTokens = 100, int overlap = 0, int parallel = 4)
    {
        Road = new PartRoad(Emulator);
        Configure(options =>
        {
            options.Analysis.PartTokens = partTokens;
            options.Analysis.OverlapTokens = overlap;
            options.Analysis.MaxParallelParts = parallel;
            options.OpenAI.PrimaryHandler = Road.CreateHandler;
        });
    }

    protected Task<StepResult<ContentAnalysis>> ReadAsync(
        string content, AnalysisKind kind = AnalysisKind.Debate, List<AnalysisProgress>? told = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Client.AnalyzeAsync(
            new AnalysisRequest
            {
                Content = content,
                Kind = kind,
                Progress = told is null ? null : new Told(told),
                Generation = new GenerationOptions { Timeout = timeout },
            },
            Scope,
            cancellationToken);

    /// <summary>Answers these parts with OpenAI's 400; part 0 is the call that merges.</summary>
    protected void Refuse(params int[] parts) =>
        Road.Answer = (call, _) => Task.FromResult(parts.Contains(call.Part) ? PartRoad.Refusal() : null);

    /// <summary>A whole answer of a model.</summary>
    protected static HttpResponseMessage Saying(JsonObject answer, string finish = "stop") => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            new JsonObject
            {
                ["id"] = "chatcmpl-1",
                ["object"] = "chat.completion",
                ["created"] = 0,
                ["model"] = "emulator",
                ["choices"] = new JsonArray((JsonNode)new JsonObject
                {
                    ["index"] = 0,
                    ["finish_reason"] = finish,
                    ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer.ToJsonString() },
                }),
                ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 10, ["total_tokens"] = 110 },
            }.ToJsonString(),
            Encoding.UTF8,
            "application/json"),
    };

    /// <summary>Every quote of a result, whatever it belongs to.</summary>
    protected static IEnumerable<SourceQuote> Quotes(ContentAnalysis analysis) =>
    [
        .. analysis.KeyPoints.Select(item => item.Quote),
        .. analysis.BiasIndicators.Select(item => item.Quote),
        .. analysis.Claims.Select(item => item.Quote),
        .. analysis.Debate?.Speakers.SelectMany(speaker => speaker.Arguments).Select(item => item.Quote) ?? [],
        .. analysis.Debate?.Fallacies.Select(item => item.Quote) ?? [],
        .. analysis.Debate?.Rebuttals.Select(item => item.Quote) ?? [],
        .. analysis.Sentiment?.Emotions.Select(item => item.Quote) ?? [],
        .. analysis.Sentiment?.TurningPoints.Select(item => item.Quote) ?? [],
    ];
}
