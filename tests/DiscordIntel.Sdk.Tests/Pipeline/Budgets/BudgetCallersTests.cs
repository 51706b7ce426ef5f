using System.Collections.Concurrent;
using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Many callers at once through the whole pipeline, and a budget for a tenth of them.</summary>
internal sealed class BudgetCallersTests
{
    private const int Callers = 1_000;
    private const int Paid = Callers / 10;
    private const long Most = 2 * ((34 * 125) + (4_000 * 500));
    private const long Exact = (10 * 100) + (5 * 500);

    [Test]
    public Task Calls_ThousandCallersBudgetForATenth_AdmitExactlyTheTenth() => RoundsAsync(4);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    public Task Calls_HundredRounds_AdmitExactlyTheTenthEachTime() => RoundsAsync(100);

    private static async Task RoundsAsync(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            // The dearest case, in which every call costs what it reserved; and the usual one, in which it costs less and the provider takes its time.
            await RoundAsync(costsTheMost: round % 2 == 0);
        }

        await TestContext.Out.WriteLineAsync($"{rounds} rounds of {Callers} callers: {Paid} sent each time");
    }

    private static async Task RoundAsync(bool costsTheMost)
    {
        using RoadHost host = new(options => options.Budget.TenantMonthlyLimitUsd = ModelPrice.ToUsd(Paid * Most), RoadLedger.Register);
        RoadLedger ledger = RoadLedger.Of(host);
        var tenant = BudgetAccount.OfTenant(RoadHost.Scope.Tenant);
        var peaks = new ConcurrentBag<long>();
        ledger.After = async (_, _) =>
        {
            (long spent, long reserved, _, _) = await ledger.BalanceAsync(tenant);
            peaks.Add(spent + reserved);
        };
        var asked = new Turnstile(Callers);
        var provider = new Provider(async () =>
        {
            if (!costsTheMost)
            {
                // It answers when everybody has asked: no room comes free before.
                await asked.PassAsync();
            }

            return costsTheMost ? null : new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 };
        });
        IntelPipeline pipeline = host.Pipeline(provider);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<StepResult<string>>[] calls = [.. Enumerable.Range(0, Callers).Select(async caller =>
        {
            await gate.Task;
            StepResult<string> result = await pipeline.RunAsync(Call(), RoadHost.Scope, CancellationToken.None);
            asked.Count(result.Error is not null);
            return result;
        })];
        gate.SetResult();
        StepResult<string>[] results = await Task.WhenAll(calls);

        long each = costsTheMost ? Most : Exact;
        Assert.That((results.Count(result => result.IsSuccess), provider.Sent), Is.EqualTo((Paid, Paid)));
        Assert.That(results.Where(result => !result.IsSuccess).Select(result => result.Error!.Kind), Is.All.EqualTo(StepErrorKind.BudgetExceeded));
        Assert.That(peaks.Max(), Is.EqualTo(Paid * Most));
        Assert.That(await ledger.BalanceAsync(tenant), Is.EqualTo((Paid * each, 0L, 0L, 0L)));
        Assert.That(results.Sum(result => result.Receipt.Cost ?? 0), Is.EqualTo(ModelPrice.ToUsd(Paid * each)));
    }

    private static ModelCall<string> Call() =>
        new() { Operation = "text.complete", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) };

    /// <summary>Opens when all have come to it or were turned away before.</summary>
    private sealed class Turnstile(int all)
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _counted;

        public Task PassAsync()
        {
            Count(true);
            return _open.Task;
        }

        public void Count(bool counts)
        {
            if (counts && Interlocked.Increment(ref _counted) == all)
            {
                _open.SetResult();
            }
        }
    }

    private sealed class Provider(Func<Task<UsageDetails?>> usage) : IChatClient
    {
        private int _sent;

        public int Sent => _sent;

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _sent);
            await Task.Yield();
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paris")) { ModelId = RoadAnswer.Model, Usage = await usage() };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
