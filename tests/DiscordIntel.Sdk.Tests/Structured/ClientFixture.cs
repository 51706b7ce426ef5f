using System.Text.Json.Nodes;
using DiscordIntel.Testing;
using DiscordIntel.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

/// <summary>The clients over the emulator, in virtual time; every request that a test sends is held against OpenAI's own description.</summary>
internal abstract class ClientFixture
{
    private ServiceProvider _services = null!;

    protected static IntelScope Scope { get; } = IntelScope.Guild(811_111_111_111_111_111, 822_222_222_222_222_222, 833_333_333_333_333_333);

    protected OpenAIEmulator Emulator { get; private set; } = null!;

    protected FakeTimeProvider Time { get; private set; } = null!;

    [SetUp]
    public void Start()
    {
        Emulator = new OpenAIEmulator();
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        Configure();
    }

    [TearDown]
    public void EveryRequestFitsTheDescription()
    {
        _services.Dispose();
        foreach (EmulatorRequest request in Emulator.Requests)
        {
            Assert.That(OpenApiDescription.Load()?.Check("CreateChatCompletionRequest", request.Body) ?? [], Is.Empty);
        }
    }

    /// <summary>Builds the container anew, without waits between attempts.</summary>
    protected void Configure(Action<DiscordIntelOptions>? configure = null, Action<DiscordIntelBuilder>? build = null)
    {
        _services?.Dispose();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(Time);
        DiscordIntelBuilder builder = services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "key";
            options.OpenAI.PrimaryHandler = Emulator.CreateHandler;
            options.Resilience.BaseDelay = TimeSpan.Zero;
            options.Limits.RequestsPerMinute = null;
            options.Cache.Enabled = false;
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
    }

    protected T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A whole answer with a known model and known tokens.</summary>
    protected static EmulatorReply Completion(string content, int inputTokens = 100, int outputTokens = 10) => EmulatorReply.Raw(200, new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 0,
        ["model"] = new DiscordIntelOptions().Models.Text,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = "stop",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = inputTokens, ["completion_tokens"] = outputTokens, ["total_tokens"] = inputTokens + outputTokens },
    }.ToJsonString());

    /// <summary>Lets time pass until the call has ended.</summary>
    protected async Task<T> PassAsync<T>(Task<T> running, CancellationToken testEnd)
    {
        while (!running.IsCompleted)
        {
            testEnd.ThrowIfCancellationRequested();
            await Task.WhenAny(running, Task.Delay(5, testEnd));
            if (!running.IsCompleted)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        return await running;
    }

    protected async Task ReceivedAsync(int requests)
    {
        while (Emulator.Requests.Count < requests)
        {
            await Task.Yield();
        }
    }

    /// <summary>The text of a message of a request, counted from the front, or from the end when negative.</summary>
    protected string Message(int request, int message, string role)
    {
        var messages = Emulator.Requests[request].Body.GetProperty("messages").EnumerateArray().ToList();
        var found = messages[message < 0 ? messages.Count + message : message];
        Assert.That(found.GetProperty("role").GetString(), Is.EqualTo(role));
        return found.GetProperty("content").GetString()!;
    }
}
