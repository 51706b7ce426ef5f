using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Results;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// What a stream of 500 pieces costs beside its model: raw HttpClient with the in-box parsers, OpenAI's typed client, Microsoft.Extensions.AI over it, and this SDK
/// with everything that it has switched on. The body comes in pieces of 4,096 bytes, as from a busy socket, or of one event, as from a model that writes.
/// </summary>
[MemoryDiagnoser]
#pragma warning disable CA1001, CA1711 // BenchmarkDotNet calls the cleanup; the name is that of the row in the report, and no System.IO.Stream.
public partial class OneStream
#pragma warning restore CA1001, CA1711
{
    private const string Prompt = "Judge in one sentence: should night buses be free?";
    private const int Chunks = 500;

    private readonly IntelScope _scope = IntelScope.Guild(1, 2, 3);
    private HttpClient _http = null!;
    private ChatClient _typed = null!;
    private IChatClient _extensions = null!;
    private TextClient _sdk = null!;
    private ServiceProvider _services = null!;

    /// <summary>Bytes that arrive at once.</summary>
    [Params(4096, 0)]
    public int Piece { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        byte[] events = Events(out int eventLength);
        int piece = Piece == 0 ? eventLength : Piece;
        _http = new HttpClient(new CannedStreamHandler(events, piece)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-benchmark");
        _typed = new ChatClient("gpt-4.1-mini", new ApiKeyCredential("sk-benchmark"), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
        });
        _extensions = _typed.AsIChatClient();
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-benchmark";
            options.OpenAI.PrimaryHandler = () => new CannedStreamHandler(events, piece);
            options.Models.Text = "gpt-4.1-mini";
            options.Limits.RequestsPerMinute = 1_000_000;
            options.Budget.MonthlyLimitUsd = 1_000_000;
        });
        _services = services.BuildServiceProvider();
        _sdk = _services.GetRequiredService<TextClient>();
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _services.DisposeAsync();
        _http.Dispose();
    }

    [Benchmark]
    public async Task<int> RawHttpClient()
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Request("gpt-4.1-mini", [new Message("user", Prompt)], 4000, 0.7f, true), StreamJson.Default.Request);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions") { Content = new ByteArrayContent(body) };
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        int length = 0;
        await foreach (SseItem<Chunk?> item in SseParser.Create(
            stream, static (_, data) => data.SequenceEqual("[DONE]"u8) ? null : JsonSerializer.Deserialize(data, StreamJson.Default.Chunk)).EnumerateAsync())
        {
            length += item.Data?.Choices is [{ Delta.Content: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    [Benchmark(Baseline = true)]
    public async Task<int> OpenAITyped()
    {
        int length = 0;
        await foreach (StreamingChatCompletionUpdate update in _typed.CompleteChatStreamingAsync(
            [new UserChatMessage(Prompt)], new ChatCompletionOptions { MaxOutputTokenCount = 4000, Temperature = 0.7f }))
        {
            length += update.ContentUpdate.Count > 0 ? update.ContentUpdate[0].Text.Length : 0;
        }

        return length;
    }

    [Benchmark]
    public async Task<int> ExtensionsAI()
    {
        int length = 0;
        await foreach (ChatResponseUpdate update in _extensions.GetStreamingResponseAsync(Prompt, new ChatOptions { MaxOutputTokens = 4000, Temperature = 0.7f }))
        {
            length += update.Text.Length;
        }

        return length;
    }

    [Benchmark]
    public async Task<int> DiscordIntel()
    {
        int length = 0;
        await foreach (StepResult<StreamChunk> chunk in _sdk.StreamAsync(Prompt, _scope))
        {
            length += chunk.IsSuccess ? chunk.Value.Text.Length : throw new InvalidOperationException(chunk.Error.ToString());
        }

        return length;
    }

    private static byte[] Events(out int eventLength)
    {
        const string Head = """data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_1",""";
        var events = new StringBuilder();
        events.Append(Head).Append("""
            "choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"aB3"}
            """).Append("\n\n");
        eventLength = 0;
        for (int i = 0; i < Chunks; i++)
        {
            int before = events.Length;
            events.Append(Head).Append("""
                "choices":[{"index":0,"delta":{"content":" buses"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x7Qd2"}
                """).Append("\n\n");
            eventLength = events.Length - before;
        }

        events.Append(Head).Append("""
            "choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":"k"}
            """).Append("\n\n");
        events.Append(Head).Append("""
            "choices":[],"usage":{"prompt_tokens":19,"completion_tokens":500,"total_tokens":519,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}}
            """).Append("\n\n");
        return Encoding.UTF8.GetBytes(events.Append("data: [DONE]\n\n").ToString());
    }

    internal sealed record Request(string Model, Message[] Messages, int MaxCompletionTokens, float Temperature, bool Stream);

    internal sealed record Message(string Role, string Content);

    internal sealed record Chunk(string Id, string Model, Choice[] Choices, Usage? Usage);

    internal sealed record Choice(int Index, Delta Delta, string? FinishReason);

    internal sealed record Delta(string? Content);

    internal sealed record Usage(int PromptTokens, int CompletionTokens);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Request))]
    [JsonSerializable(typeof(Chunk))]
    internal sealed partial class StreamJson : JsonSerializerContext;
}
