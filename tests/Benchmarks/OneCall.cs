using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Results;
using DiscordIntel.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// What one plain call costs beside its model: raw HttpClient, OpenAI's typed client, and this SDK with every rate limit and every budget set. The model's time is
/// none. A run begins with an empty ledger, since it remembers a call for minutes and no bot makes so many, and awaits one call after the other.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1)]
#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup.
public partial class OneCall
#pragma warning restore CA1001
{
    private const int Calls = 32_768;
    private const string Model = "gpt-6-luna";
    private const string Prompt = "Judge in one sentence: should night buses be free?";

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """
        {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1741569952,"model":"gpt-6-luna-2026-09-22",
        "choices":[{"index":0,"message":{"role":"assistant","content":"Free night buses are worth their price where shift workers have no other way home.","refusal":null,"annotations":[]},
        "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":19,"completion_tokens":17,"total_tokens":36,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"service_tier":"default","system_fingerprint":"fp_1"}
        """);

    private readonly IntelScope _scope = IntelScope.Guild(1, 2, 3);
    private HttpClient _http = null!;
    private ChatClient _typed = null!;
    private TextClient _sdk = null!;
    private ServiceProvider _services = null!;
    private ActivityListener? _spans;
    private MeterListener? _metrics;

    [GlobalSetup]
    public void Setup()
    {
        _http = new HttpClient(new CannedHandler(Answer)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-benchmark");
        _typed = new ChatClient(Model, new ApiKeyCredential("sk-benchmark"), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
        });
    }

    [GlobalSetup(Target = nameof(DiscordIntelObserved))]
    public void SetupObserved()
    {
        Setup();
        _spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("DiscordIntel", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("DiscordIntel", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _metrics.Start();
    }

    [IterationSetup]
    public void Begin()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-benchmark";
            options.OpenAI.PrimaryHandler = () => new CannedHandler(Answer);
            options.Models.Text = Model;
            options.Limits.RequestsPerMinute = options.Limits.TenantRequestsPerMinute = options.Limits.UserRequestsPerMinute = 1_000_000;
            options.Budget.MonthlyLimitUsd = options.Budget.TenantMonthlyLimitUsd = options.Budget.UserMonthlyLimitUsd = 1000;
        });
        _services = services.BuildServiceProvider();
        _sdk = _services.GetRequiredService<TextClient>();
        _ = SdkCallAsync().Result;
    }

    [IterationCleanup]
    public void End() => _services.Dispose();

    [GlobalCleanup]
    public void Cleanup()
    {
        _spans?.Dispose();
        _metrics?.Dispose();
        _http.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task<string> RawHttpClient() => RepeatAsync(RawCallAsync);

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public Task<string> OpenAITyped() => RepeatAsync(TypedCallAsync);

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task<string> DiscordIntel() => RepeatAsync(SdkCallAsync);

    /// <summary>The same, and somebody listens: every span and every metric is taken.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public Task<string> DiscordIntelObserved() => RepeatAsync(SdkCallAsync);

    // In one asynchronous loop, as a bot would: a benchmark that waits for each call with a thread of its own measures the waking of that thread.
    private static async Task<string> RepeatAsync(Func<Task<string>> call)
    {
        string answer = "";
        for (int i = 0; i < Calls; i++)
        {
            answer = await call();
        }

        return answer;
    }

    internal async Task<string> RawCallAsync()
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Request(Model, [new Message("user", Prompt)], 4000, 0.7f), WireJson.Default.Request);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions") { Content = new ByteArrayContent(body) };
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        Reply reply = (await JsonSerializer.DeserializeAsync(stream, WireJson.Default.Reply))!;
        return reply.Choices[0].Message.Content;
    }

    internal async Task<string> TypedCallAsync()
    {
        ClientResult<ChatCompletion> result = await _typed.CompleteChatAsync(
            [new UserChatMessage(Prompt)], new ChatCompletionOptions { MaxOutputTokenCount = 4000, Temperature = 0.7f });
        return result.Value.Content[0].Text;
    }

    internal async Task<string> SdkCallAsync()
    {
        StepResult<string> result = await _sdk.CompleteAsync(Prompt, _scope);
        return result.ValueOrThrow();
    }

    internal sealed record Request(string Model, Message[] Messages, int MaxCompletionTokens, float Temperature);

    internal sealed record Message(string Role, string Content);

    internal sealed record Reply(string Id, string Model, Choice[] Choices, Usage Usage);

    internal sealed record Choice(int Index, Message Message, string FinishReason);

    internal sealed record Usage(int PromptTokens, int CompletionTokens);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Request))]
    [JsonSerializable(typeof(Reply))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class WireJson : JsonSerializerContext;
}
