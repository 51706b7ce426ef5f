using System.ClientModel.Primitives;
using System.Net;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>Makes the client for the options in force. One HTTP client, with its connections, outlives changes of key and address.</summary>
internal sealed class OpenAIClientFactory(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private HttpClient? _http;
    private Func<HttpMessageHandler>? _handlerOfHttp;

    /// <summary>The name under which this provider stands in receipts and telemetry.</summary>
    public const string ProviderName = "openai";

    public IChatClient Create(DiscordIntelOptions options)
    {
        OpenAIOptions openAI = options.OpenAI;
        var pipeline = ClientPipeline.Create(new ClientPipelineOptions
        {
            Transport = new HttpClientPipelineTransport(Http(openAI.PrimaryHandler)),

            // One retry owner, one owner of timeouts, one of telemetry: our own pipeline.
            RetryPolicy = SendOnce.Instance,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        });
        return new OpenAIChatClient(pipeline, openAI, new SafetyIdentifier(options.Privacy.IdentifierKey, openAI.ApiKey), time);
    }

    public void Dispose() => _http?.Dispose();

    private HttpClient Http(Func<HttpMessageHandler>? makeHandler)
    {
        lock (_lock)
        {
            // By method: a lambda that captures something is another delegate after every reload, and yet the same handler.
            if (_http is null || makeHandler?.Method != _handlerOfHttp?.Method)
            {
                // A handler replaced by a reload is not disposed of here: calls may still be on it. It goes with its last call.
                _http = new HttpClient(makeHandler?.Invoke() ?? DefaultHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
                _handlerOfHttp = makeHandler;
            }

            return _http;
        }
    }

    // Connections are renewed so that changes of DNS are seen. A redirect would carry the prompt to a host that nobody configured.
    private static SocketsHttpHandler DefaultHandler() => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,

        // For the end of an answer whose last words have been read, so that its connection can be kept. A model that writes on for a reader who has left is not
        // listened to for longer (two seconds, else).
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(250),
    };

    /// <summary>In place of the package's own retries. The next policy is called without an asynchronous method in between.</summary>
    private sealed class SendOnce : PipelinePolicy
    {
        public static readonly SendOnce Instance = new();

        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            pipeline[currentIndex + 1].Process(message, pipeline, currentIndex + 1);

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            pipeline[currentIndex + 1].ProcessAsync(message, pipeline, currentIndex + 1);
    }
}
