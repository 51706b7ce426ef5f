using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using NUnit.Framework;

namespace DiscordIntel.Tests.Usage;

internal sealed class UsageConcurrencyTests
{
    private const int Threads = 32;
    private const int CallsEach = 60;

    [Test]
    public async Task GetAsync_ThirtyTwoThreads_CountsEveryCallOnce()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", null), ("OPENAI_CACHE_ENABLED", "false"));
        EmulatorReply[] script = [.. Enumerable.Range(0, Threads * CallsEach / 4).Select(_ => EmulatorReply.Refusal("No."))];
        host.Emulator.Enqueue(script);
        var receipts = new StepReceipt[Threads][];
        Task[] work = new Task[Threads];
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            work[i] = AskAsync(i);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(60));

        UsageReport bot = (await host.Usage.GetBotAsync()).ValueOrThrow();
        const int All = Threads * CallsEach;
        Assert.That((bot.Calls, bot.Succeeded, bot.Failed, bot.Reserved), Is.EqualTo((All, All - script.Length, script.Length, 0m)));
        Assert.That((bot.Spent, bot.InputTokens), Is.EqualTo((receipts.Sum(of => of.Sum(receipt => receipt.Cost)), receipts.Sum(of => of.Sum(receipt => receipt.InputTokens)))));
        for (uint tenant = 1; tenant <= 4; tenant++)
        {
            UsageReport report = await host.ReportAsync($"{tenant}");
            Assert.That((report.Calls, report.TopUsers.Sum(user => user.Calls), report.TopUsers.Count), Is.EqualTo((All / 4, All / 4, 8)));
        }

        async Task AskAsync(int thread)
        {
            receipts[thread] = new StepReceipt[CallsEach];
            IntelScope scope = IntelScope.Guild((ulong)(1 + (thread % 4)), 1, (ulong)(100 + thread));
            for (int i = 0; i < CallsEach; i++)
            {
                await Task.Yield();
                receipts[thread][i] = (await host.RuleAsync($"{thread} {i}", scope)).Receipt;
            }
        }
    }
}
