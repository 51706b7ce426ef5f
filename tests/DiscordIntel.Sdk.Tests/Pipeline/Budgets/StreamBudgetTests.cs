using System.Collections.Concurrent;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Streams that end, fail, are cancelled or left at any point: what was reserved is settled, and never for nothing after something was sent.</summary>
internal sealed class StreamBudgetTests
{
    private const long Most = 2 * ((34 * 125) + (4_000 * 500));

    [Test]
    public Task Streams_FiveHundred_LeakNothingAndSettleAll() => CampaignAsync(500);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    public Task Streams_TenThousand_LeakNothingAndSettleAll() => CampaignAsync(10_000);

    /// <summary>Refused with a status that is not billed, as a plain call is.</summary>
    [Test]
    public async Task Stream_RefusedBeforeItBegins_IsReleased([Values(400, 401, 404, 429)] int status)
    {
        using RoadHost host = new(null, RoadLedger.Register);
        var refused = new HttpRequestException("no", null, (System.Net.HttpStatusCode)status);

        StepResult<StreamChunk> last = (await ReadAsync(host, new RoadChatClient(RoadChatClient.Throws(refused))))[^1];

        Assert.That(RoadLedger.Of(host).Journal.Select(entry => entry.What).Distinct(), Is.EqualTo(new[] { RoadLedger.Reserve, RoadLedger.Release }));
        Assert.That((last.Error is not null, last.Receipt.Cost), Is.EqualTo((true, (decimal?)0)));
    }

    /// <summary>Also when nobody waits for the refusal any more.</summary>
    [Test]
    public async Task Stream_RefusedAsItsCallerCancels_IsReleased()
    {
        using RoadHost host = new(null, RoadLedger.Register);
        using var caller = new CancellationTokenSource();
        var client = new RoadChatClient(_ =>
        {
            caller.Cancel();
            throw new HttpRequestException("no", null, System.Net.HttpStatusCode.BadRequest);
        });

        Assert.That(async () => await Stream(host, client, caller.Token).GetAsyncEnumerator(caller.Token).MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(RoadLedger.Of(host).Journal.Select(entry => entry.What), Is.EqualTo(new[] { RoadLedger.Reserve, RoadLedger.Release }));
    }

    [Test]
    public async Task Stream_WithUsage_SettlesItsCost()
    {
        using RoadHost host = new(null, RoadLedger.Register);
        var client = new RoadChatClient(_ => Updates(new TextContent("Paris"), new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 })));

        await ReadAsync(host, client);

        Assert.That(RoadLedger.Of(host).Journal.Select(entry => (entry.What, entry.NanoUsd)), Is.EqualTo(new[] { (RoadLedger.Reserve, Most), (RoadLedger.Settle, (10 * 100) + (5 * 500)) }));
    }

    [Test]
    public async Task Stream_LeftEarly_SettlesInputAndTheTextThatCame()
    {
        using RoadHost host = new(null, RoadLedger.Register);

        await foreach (StepResult<StreamChunk> chunk in Stream(host, new RoadChatClient(RoadChatClient.Stalls("Zürich", "Bern"))))
        {
            break;
        }

        Assert.That(RoadLedger.Of(host).All(RoadLedger.Settle), Is.EqualTo(new[] { 2L * ((34 * 125) + (7 * 500)) }));
    }

    /// <summary>A reader may be slow: an open stream outlives the call's deadline, and its reservation must, too.</summary>
    [Test]
    public async Task Stream_StillOpenLongAfterItsDeadline_IsHeldAndNotForfeited()
    {
        using RoadHost host = new(null, RoadLedger.Register);
        await using IAsyncEnumerator<StepResult<StreamChunk>> open = Stream(host, new RoadChatClient(RoadChatClient.Says("Par", "is"))).GetAsyncEnumerator();
        await open.MoveNextAsync();

        host.Time.Advance(TimeSpan.FromHours(3));
        Assert.That(await RoadLedger.Of(host).BalanceAsync(BudgetAccount.Bot), Is.EqualTo((0L, Most, 0L, 0L)));
        while (await open.MoveNextAsync())
        {
        }

        Assert.That((await RoadLedger.Of(host).BalanceAsync(BudgetAccount.Bot)).Reserved, Is.Zero);
    }

    private static async Task CampaignAsync(int streams)
    {
        using RoadHost host = new(options => options.Budget.TenantMonthlyLimitUsd = 9_000_000, RoadLedger.Register);
        var seen = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(1, streams), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var client = new HandMadeStream(number * 7919);
            string how = await PlayAsync(host, client);
            seen.AddOrUpdate($"{client.Reader}", 1, static (_, times) => times + 1);
            seen.AddOrUpdate(how, 1, static (_, times) => times + 1);
            seen.AddOrUpdate(client.Sent == 0 ? "never sent" : client.ToldUsage ? "with usage" : "without usage", 1, static (_, times) => times + 1);
            Assert.That(client.Closed, Is.EqualTo(client.Sent), $"stream {number}: every stream that was opened is closed");
            seen.AddOrUpdate("sent", client.Sent, (_, times) => times + client.Sent);
            seen.AddOrUpdate("not billed", client.NotBilled, (_, times) => times + client.NotBilled);
        });

        RoadLedger ledger = RoadLedger.Of(host);
        var attempts = ledger.Journal.ToLookup(entry => entry.Id);
        long[] settled = [.. ledger.All(RoadLedger.Settle)];
        await TestContext.Out.WriteLineAsync($"{streams} streams, {attempts.Count} attempts: {string.Join(", ", seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(attempts.Select(entries => string.Join(' ', entries.Select(entry => entry.What))), Is.All.EqualTo("reserve settle").Or.EqualTo("reserve release"));
            Assert.That((await ledger.BalanceAsync(BudgetAccount.Bot)), Is.EqualTo((settled.Sum(), 0L, 0L, 0L)), "nothing leaked, nothing above its reservation");
            Assert.That(settled, Is.All.InRange(1, Most), "nothing settled at zero after it was sent");

            // What was sent and not refused is settled; a caller who left before the send is released.
            Assert.That(settled, Has.Length.EqualTo(seen["sent"] - seen["not billed"]));
            foreach (string must in Enum.GetNames<HandMadeStream.Leave>().Concat(["read to its end", "failed", "cancelled", "left", "never sent", "with usage", "without usage", "not billed"]))
            {
                Assert.That(seen.GetValueOrDefault(must), Is.GreaterThan(streams / 100), must);
            }
        }
    }

    /// <summary>Reads a stream as its reader does. Gives how that ended.</summary>
    private static async Task<string> PlayAsync(RoadHost host, HandMadeStream client)
    {
        using var caller = new CancellationTokenSource();
        if (client.Reader is HandMadeStream.Leave.CancelBefore)
        {
            await caller.CancelAsync();
        }

        int read = 0;
        StepResult<StreamChunk>? last = null;
        try
        {
            await using IAsyncEnumerator<StepResult<StreamChunk>> stream = Stream(host, client, caller.Token).GetAsyncEnumerator(caller.Token);
            while (true)
            {
                ValueTask<bool> next = stream.MoveNextAsync();
                if (client.Reader is HandMadeStream.Leave.CancelDuringTheWait && (read >= client.LeavesAfter || !next.IsCompleted))
                {
                    await caller.CancelAsync();
                }

                if (!await next)
                {
                    break;
                }

                last = stream.Current;
                read++;
                if (read >= client.LeavesAfter && client.Reader is HandMadeStream.Leave.Cancel)
                {
                    await caller.CancelAsync();
                }
                else if (read >= client.LeavesAfter && client.Reader is HandMadeStream.Leave.Break)
                {
                    return "left";
                }
            }
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            return "cancelled";
        }

        return last is { Error: not null } ? "failed" : "read to its end";
    }

    private static IAsyncEnumerable<StepResult<StreamChunk>> Stream(RoadHost host, IChatClient client, CancellationToken cancellationToken = default) =>
        host.Pipeline(client).StreamAsync(
            new ModelCall<string> { Operation = "text.stream", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) },
            RoadHost.Scope,
            cancellationToken);

    private static async Task<List<StepResult<StreamChunk>>> ReadAsync(RoadHost host, IChatClient client)
    {
        List<StepResult<StreamChunk>> chunks = [];
        await foreach (StepResult<StreamChunk> chunk in Stream(host, client))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(params AIContent[] contents)
    {
        foreach (AIContent content in contents)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }

        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
    }
}
