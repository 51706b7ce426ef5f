using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// A question that takes three rounds of two calls of functions each, and an answer: this SDK, which checks every argument against its schema and asks limits and
/// budget every turn, beside the function-invoking client of Microsoft.Extensions.AI over OpenAI's, which does neither. The model's time is none.
/// </summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup.
public class OneToolLoop
#pragma warning restore CA1001
{
    private const string Model = "gpt-4.1-mini";
    private const string Prompt = "How do the teams stand?";

    // Three turns that call, each for other teams, and one that answers.
    private static readonly byte[][] Turns =
    [
        .. Enumerable.Range(0, 3).Select(turn => Turn($$"""
            "content":null,"tool_calls":[{{Call(turn, 0)}},{{Call(turn, 1)}}]},"finish_reason":"tool_calls"
            """)),
        Turn("""
            "content":"The Owls lead with three points.","refusal":null},"finish_reason":"stop"
            """),
    ];

    private readonly IntelScope _scope = IntelScope.Guild(1, 2, 3);
    private readonly AIFunction _score = AIFunctionFactory.Create((string team, int? season) => team.Length + (season ?? 0), "score", "The score of a team.");
    private readonly ChatOptions _options;
    private HttpClient _http = null!;
    private IChatClient _extensions = null!;
    private FunctionCallingClient _functions = null!;
    private FunctionRequest _request = null!;
    private ServiceProvider _services = null!;

    public OneToolLoop() => _options = new ChatOptions { Tools = [_score], MaxOutputTokens = 4000, Temperature = 0.7f };

    [GlobalSetup]
    public void Setup()
    {
        _http = new HttpClient(new CannedTurnsHandler(Turns)) { Timeout = Timeout.InfiniteTimeSpan };
        var typed = new ChatClient(Model, new ApiKeyCredential("sk-benchmark"), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
        });
        _extensions = typed.AsIChatClient().AsBuilder().UseFunctionInvocation().Build();
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-benchmark";
            options.OpenAI.PrimaryHandler = () => new CannedTurnsHandler(Turns);
            options.Models.Text = Model;
            options.Limits.RequestsPerMinute = 1_000_000;
            options.Budget.MonthlyLimitUsd = 1_000_000;
        });
        _services = services.BuildServiceProvider();
        _functions = _services.GetRequiredService<FunctionCallingClient>();
        _request = FunctionRequest.Of(Prompt, _score);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _services.DisposeAsync();
        _extensions.Dispose();
        _http.Dispose();
    }

    [Benchmark(Baseline = true)]
    public async Task<string> ExtensionsAI() => Checked((await _extensions.GetResponseAsync(Prompt, _options)).Text);

    [Benchmark]
    public async Task<string> DiscordIntel()
    {
        StepResult<string> result = await _functions.RunAsync(_request, _scope);
        return result.Receipt.ToolSteps.Count == 6 ? Checked(result.ValueOrThrow()) : throw new InvalidOperationException("Six calls have to run.");
    }

    private static string Checked(string answer) =>
        answer.StartsWith("The Owls", StringComparison.Ordinal) ? answer : throw new InvalidOperationException($"The loop ended with '{answer}'.");

    private static string Call(int turn, int call) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"call_{{{turn}}}{{{call}}}","type":"function","function":{"name":"score","arguments":"{\"team\":\"Team {{{turn}}}{{{call}}}\",\"season\":{{{turn + 1}}} }"}}""");

    private static byte[] Turn(string message) => Encoding.UTF8.GetBytes($$$"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"gpt-4.1-mini","choices":[{"index":0,"message":{"role":"assistant",{{{message}}} }],
        "usage":{"prompt_tokens":190,"completion_tokens":17,"total_tokens":207}}
        """);
}
