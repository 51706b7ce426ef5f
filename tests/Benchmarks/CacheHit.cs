using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// A structured answer to a prompt of 1,000 letters: asked for again, and asked for the first time; beside them what a bot would write itself, a plain
/// <see cref="MemoryCache"/> with the prompt for a key. The model's time is none. A run begins with an empty cache and an empty ledger, and awaits one call after
/// the other.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1)]
#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup.
public class CacheHit
#pragma warning restore CA1001
{
    private const int Calls = 16_384;

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """{"id":"c","model":"gpt-4.1-mini","choices":[{"index":0,"message":{"role":"assistant","content":"{\"mood\":\"warm\"}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":250,"completion_tokens":7}}""");

    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","required":["mood"],"properties":{"mood":{"enum":["warm","cold"]}}}""");
    private static readonly string Prompt = string.Concat(Enumerable.Repeat("Night buses are worth it. ", 40))[..1000];

    private readonly IntelScope _scope = IntelScope.Guild(1, 2, 3);
    private readonly StructuredRequest _again = StructuredRequest.Of(Prompt);
    private readonly MemoryCache _plain = new(new MemoryCacheOptions());
    private ServiceProvider _services = null!;
    private StructuredOutputClient _client = null!;
    private int _number;

    [IterationSetup]
    public void Begin()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-benchmark";
            options.OpenAI.PrimaryHandler = () => new CannedHandler(Answer);
            options.Limits.RequestsPerMinute = options.Limits.TenantRequestsPerMinute = options.Limits.UserRequestsPerMinute = 1_000_000;
        });
        _services = services.BuildServiceProvider();
        _client = _services.GetRequiredService<StructuredOutputClient>();
        _plain.Set(Prompt, Answer);
        if (AgainAsync().Result.IsSuccess && AgainAsync().Result.Receipt.FromCache)
        {
            return;
        }

        throw new InvalidOperationException("The second answer has to come out of the cache.");
    }

    [IterationCleanup]
    public void End() => _services.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task<bool> Again() => RepeatAsync(AgainAsync);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PlainMemoryCache()
    {
        int length = 0;
        for (int i = 0; i < Calls; i++)
        {
            length += FindPlain();
        }

        return length;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public Task<bool> First() => RepeatAsync(FirstAsync);

    private static async Task<bool> RepeatAsync(Func<Task<StepResult<JsonElement>>> call)
    {
        bool all = true;
        for (int i = 0; i < Calls; i++)
        {
            all &= (await call()).IsSuccess;
        }

        return all;
    }

    internal int FindPlain() => _plain.TryGetValue(Prompt, out byte[]? answer) ? JsonElement.Parse(answer).GetPropertyCount() : 0;

    internal Task<StepResult<JsonElement>> AgainAsync() => _client.GenerateAsync(_again, Schema, _scope);

    internal Task<StepResult<JsonElement>> FirstAsync() =>
        _client.GenerateAsync(StructuredRequest.Of(string.Concat(Prompt, (_number++).ToString(CultureInfo.InvariantCulture))), Schema, _scope);
}
