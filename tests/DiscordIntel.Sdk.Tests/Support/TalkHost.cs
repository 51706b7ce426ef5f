using System.Text.Json;
using DiscordIntel.Analysis;
using DiscordIntel.Pipeline;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.TestKit;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The SDK over the emulator, over either API, in process or on a port. Disposing of it asserts that every request was one that OpenAI's description allows, and that
/// nothing was to be stored.
/// </summary>
internal sealed class TalkHost : IAsyncDisposable
{
    public static readonly IntelScope Scope = IntelScope.Guild(11, 12, 13);

    private readonly ServiceProvider _services;
    private readonly EmulatorServer? _server;

    private TalkHost(OpenAIEmulator emulator, EmulatorServer? server, Action<DiscordIntelOptions> configure)
    {
        (Emulator, _server) = (emulator, server);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        DiscordIntelBuilder builder = services.AddDiscordIntel(options =>
        {
            options.OpenAI.BaseUrl = server?.BaseUrl.ToString();
            options.Resilience.BaseDelay = TimeSpan.Zero;
            configure(options);
        });
        if (server is null)
        {
            builder.UseEmulator(emulator);
        }

        _services = services.BuildServiceProvider();
    }

    public OpenAIEmulator Emulator { get; }

    public TextClient Text => _services.GetRequiredService<TextClient>();

    public StructuredOutputClient Structured => _services.GetRequiredService<StructuredOutputClient>();

    public AnalysisClient Analysis => _services.GetRequiredService<AnalysisClient>();

    public static async Task<TalkHost> OpenAsync(OpenAIApi api, bool onPort, Action<DiscordIntelOptions>? configure = null, params EmulatorReply[] replies)
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue(replies);
        return new TalkHost(emulator, onPort ? await emulator.ListenAsync() : null, options =>
        {
            options.OpenAI.Api = api;
            configure?.Invoke(options);
        });
    }

    /// <summary>One turn of a conversation with functions; the whole reply is what it reads.</summary>
    public Task<StepResult<ChatResponse>> TurnAsync(IReadOnlyList<ChatMessage> messages, IList<AITool>? tools = null, string? effort = null, string? model = null) =>
        _services.GetRequiredService<IntelPipeline>().RunAsync(
            new ModelCall<ChatResponse>
            {
                Operation = "test.turn",
                Messages = messages,
                Tools = tools,
                TakesOnlyText = false,
                Generation = new GenerationOptions { ReasoningEffort = effort, Model = model },
                Read = static reply => Reading<ChatResponse>.Of(reply),
            },
            Scope,
            CancellationToken.None);

    /// <summary>The client itself, for streams that hold more than text.</summary>
    public IReplyStreamSource Client => (IReplyStreamSource)_services.GetRequiredService<OpenAIClientFactory>().Create(_services.GetRequiredService<Microsoft.Extensions.Options.IOptions<DiscordIntelOptions>>().Value);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (EmulatorRequest request in Emulator.Requests)
        {
            string schema = request.Path.EndsWith("/responses", StringComparison.Ordinal) ? "CreateResponse" : "CreateChatCompletionRequest";
            Assert.That(OpenApiDescription.Load()?.Check(schema, request.Body) ?? [], Is.Empty);
            Assert.That(request.Body.GetProperty("store").ValueKind, Is.EqualTo(JsonValueKind.False));
        }
    }
}
