using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// What a structured answer and an analysis cost beside their model: the same canned answer as plain text, checked against a schema of 12 properties, and as a
/// debate of 2,600 words with its quotes looked up. The model's time is none.
/// Every call is asked: no cache, no rate limit; the ledger counts.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(512)]
#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup.
public class OneAnalysis
#pragma warning restore CA1001
{
    internal const string Ticket =
        """{"title":"Crash on join","severity":3,"area":"voice","steps":["join","speak"],"expected":"sound","actual":"silence","version":"1.4.2","reporter":"kestrel","reproducible":true,"likelihood":0.8,"tags":["audio"],"note":null}""";

    private const string Debate =
        """
        {"summary":"They argue about night buses.","score":6.5,"confidence":0.7,
        "keyPoints":[{"text":"A pilot ran.","quote":"The average load was eleven passengers a bus."},{"text":"Cost.","quote":"You can drive six people home in a taxi for less than that bus burns in fuel and wages."}],
        "biasIndicators":[{"type":"loaded language","explanation":"A gift.","quote":"Before we hand out gifts, I'd like to know who is paying for the wrapping paper."}],
        "claims":[{"text":"It ran sixteen weeks.","quote":"It ran for sixteen weeks, from October 2023 to January 2024, on two lines","belief":"Unsure","confidence":0.4}],
        "speakers":[{"name":"Mara","position":"For.","score":7,"arguments":[{"text":"Need.","strength":7,"quote":"Right now the last tram leaves the market square at 23:40."}]},
        {"name":"Jonas","position":"Against.","score":6,"arguments":[{"text":"Thin.","strength":6,"quote":"On the east line it was six."}]}],
        "fallacies":[{"name":"straw man","speaker":"Jonas","explanation":"Nobody said it.","quote":"Nobody in this room wants nurses walking home in the rain."}],
        "rebuttals":[{"speaker":"Mara","answers":"Jonas","text":"Starved.","quote":"You starved it, and now you complain that it is thin."}]}
        """;

    internal static readonly JsonElement Schema = JsonElement.Parse(
        """
        {"type":"object","required":["title","severity","area","steps","expected","actual","version","reporter","reproducible","likelihood","tags"],"properties":{
        "title":{"type":"string","minLength":1,"maxLength":80},"severity":{"type":"integer","minimum":1,"maximum":5},"area":{"enum":["voice","text","other"]},
        "steps":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":10},"expected":{"type":"string"},"actual":{"type":"string"},
        "version":{"type":"string","pattern":"^[0-9.]+$"},"reporter":{"type":"string","maxLength":40},"reproducible":{"type":"boolean"},
        "likelihood":{"type":"number","minimum":0,"maximum":1},"tags":{"type":"array","items":{"type":"string"},"maxItems":5},"note":{"type":"string"}}}
        """);

    private readonly IntelScope _scope = IntelScope.Guild(1, 2, 3);
    private readonly List<ServiceProvider> _services = [];
    private string _content = "";
    private DiscordIntelClient _ticket = null!;
    private DiscordIntelClient _debate = null!;

    [GlobalSetup]
    public void Setup()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DiscordIntel.Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        _content = File.ReadAllText(Path.Combine(folder!, "samples", "data", "debate-night-buses.txt"));
        _ticket = Client(Ticket);
        _debate = Client(Debate);
        if (!Structured().Result.IsSuccess || Analysis().Result is not { IsSuccess: true, Receipt.Warnings.Count: 0 })
        {
            throw new InvalidOperationException("The canned answers have to be lawful.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _services.ForEach(services => services.Dispose());

    [Benchmark(Baseline = true)]
    public Task<StepResult<string>> PlainText() => _ticket.Text.CompleteAsync("Sum it up.", _scope);

    [Benchmark]
    public Task<StepResult<JsonElement>> Structured() => _ticket.Structured.GenerateAsync(StructuredRequest.Of("Sum it up."), Schema, _scope);

    [Benchmark]
    public Task<StepResult<ContentAnalysis>> Analysis() => _debate.Analysis.AnalyzeAsync(_content, AnalysisKind.Debate, _scope);

    private DiscordIntelClient Client(string answer)
    {
        string body = JsonSerializer.Serialize(answer, OneCall.WireJson.Default.String);
        byte[] reply = Encoding.UTF8.GetBytes($$"""{"id":"c","model":"gpt-4.1-mini","choices":[{"index":0,"message":{"role":"assistant","content":{{body}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":19,"completion_tokens":17} }""");
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-benchmark";
            options.OpenAI.PrimaryHandler = () => new CannedHandler(reply);
            options.Limits.RequestsPerMinute = null;
            options.Cache.Enabled = false;
        });
        ServiceProvider provider = services.BuildServiceProvider();
        _services.Add(provider);
        return provider.GetRequiredService<DiscordIntelClient>();
    }
}
