using System.Collections.Concurrent;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>Streams that end at random, by the server and by the reader, many at the same time: the books are true whatever happened.</summary>
internal sealed class RandomStreamsTests
{
    [Test]
    public Task StreamAsync_ThreeHundredRandomEnds_LeaveTheBooksTrue() => RunAsync(300, seed: 1);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    public Task StreamAsync_TenThousandRandomEnds_LeaveTheBooksTrue([Range(1, 5)] int seed) => RunAsync(10_000, seed);

    private static async Task RunAsync(int streams, int seed)
    {
        var ledger = new Watch(new MemoryBudgetLedger(TimeProvider.System));
        var server = new Server(seed);
        await using ServiceProvider services = Services(ledger, server);
        TextClient text = services.GetRequiredService<TextClient>();
        int next = -1;
        var readers = new ConcurrentBag<Reader>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < streams)
            {
                var reader = new Reader(number, new Random((seed * 1_000_003) + number));
                readers.Add(reader);
                await reader.ReadAsync(text);
            }
        }))).WaitAsync(TimeSpan.FromMinutes(5));

        BudgetBalance balance = await ledger.ReadAsync(BudgetAccount.Bot, BudgetMonth.Of(TimeProvider.System.GetUtcNow()), CancellationToken.None);
        UsageReport report = (await services.GetRequiredService<UsageClient>().GetBotAsync()).ValueOrThrow();
        foreach (Reader reader in readers)
        {
            Assert.That(reader.Fault, Is.Null, $"stream {reader.Number}");
            Watch.Hold[] holds = ledger.Of(reader.Number);
            (int billed, int unbilled) = server.Of(reader.Number);
            Assert.That(holds.Select(hold => hold.Closings), Is.All.EqualTo(1), $"stream {reader.Number}: each reservation is closed once");
            Assert.That(holds.Count(hold => hold.Settled is not null), Is.GreaterThanOrEqualTo(billed), $"stream {reader.Number}: what was sent is settled");
            // Who cancels at any time may do so between the reservation and the request: that one never reaches the server.
            int unsent = reader.CancelsAtAnyTime ? 1 : 0;
            Assert.That(holds.Count(hold => hold.Settled is null), Is.LessThanOrEqualTo(unbilled + unsent), $"stream {reader.Number}: only what is not billed is released");
            Assert.That(holds.Select(hold => hold.Settled), Has.None.EqualTo(0L), $"stream {reader.Number}: nothing that was sent is free");
            Assert.That(holds.Where(hold => hold.Settled > hold.Amount), Is.Empty, $"stream {reader.Number}: never above what was reserved");
            if (reader.Last is { } last)
            {
                Assert.That(last.Receipt.Cost, Is.EqualTo(ModelPrice.ToUsd(holds.Sum(hold => hold.Settled ?? 0))), $"stream {reader.Number}: the receipt is the booking");
                Assert.That(last.IsSuccess ? reader.Said : last.Error!.Partial ?? "", Is.EqualTo(reader.Said), $"stream {reader.Number}");
            }
        }

        Reader[] begun = [.. readers.Where(reader => reader.HasBegun)];
        TestContext.Out.WriteLine(
            $"{streams} streams, {server.Requests} requests: {report.Succeeded} whole, {report.Failed} failed, {report.Cancelled} left or cancelled; {balance.SpentNanoUsd} nano-dollars");
        Assert.That((balance.ReservedNanoUsd, balance.ForfeitedNanoUsd, balance.OverrunNanoUsd), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(balance.SpentNanoUsd, Is.EqualTo(begun.Sum(reader => ledger.Of(reader.Number).Sum(hold => hold.Settled ?? 0))));
        Assert.That(report.Calls, Is.EqualTo(begun.Length), "each one's end is told once");
        Assert.That(server.Bodies.Select(body => body.IsDisposed), Is.All.True, "no connection is left open");
        Assert.That(new[] { report.Succeeded, report.Failed, report.Cancelled }, Is.All.GreaterThan(streams / 20), "all ends are there");
    }

    private static ServiceProvider Services(Watch ledger, Server server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IBudgetLedger>(ledger);
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = RoadHost.ApiKey;
            options.OpenAI.PrimaryHandler = () => server;
            options.Resilience.BaseDelay = TimeSpan.Zero;
            options.Resilience.FirstChunkTimeout = TimeSpan.FromMilliseconds(20);
            options.Resilience.ChunkTimeout = TimeSpan.FromMilliseconds(20);
            options.Limits.RequestsPerMinute = null;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>One that reads to the end, leaves, cancels at a piece or at any time, or never begins.</summary>
    private sealed class Reader(int number, Random random)
    {
        public int Number { get; } = number;

        public bool HasBegun { get; private set; }

        public bool CancelsAtAnyTime { get; private set; }

        public string Said { get; private set; } = "";

        public StepResult<StreamChunk>? Last { get; private set; }

        public Exception? Fault { get; private set; }

        public async Task ReadAsync(TextClient text)
        {
            using var caller = new CancellationTokenSource();
            int kind = random.Next(10), at = random.Next(1, 8);
            IAsyncEnumerable<StepResult<StreamChunk>> stream = text.StreamAsync($"{Number}", new IntelScope($"t{Number}", "w", "u"), caller.Token);
            if (kind == 0)
            {
                await stream.GetAsyncEnumerator(CancellationToken.None).DisposeAsync();
                return;
            }

            HasBegun = true;
            if (kind == 1)
            {
                CancelsAtAnyTime = true;
                caller.CancelAfter(random.Next(1, 15));
            }

            try
            {
                int seen = 0;
                await foreach (StepResult<StreamChunk> chunk in stream)
                {
                    Said += chunk.Value.Text;
                    Last = !chunk.IsSuccess || chunk.Value.IsFinal ? chunk : null;
                    if (++seen == at && kind == 2)
                    {
                        await caller.CancelAsync();
                    }
                    else if (seen == at && kind == 3)
                    {
                        break;
                    }
                    else if (kind == 4)
                    {
                        await Task.Yield();
                    }
                }
            }
            catch (OperationCanceledException) when (caller.IsCancellationRequested)
            {
                Last = null;
            }
            catch (InvalidOperationException fault)
            {
                Fault = fault;
            }
        }
    }

    private sealed class Server(int seed) : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<int, (int Billed, int Unbilled)> _requests = new();

        public ConcurrentBag<RoadBody> Bodies { get; } = [];

        public int Requests => _requests.Values.Sum(counts => counts.Billed + counts.Unbilled);

        public (int Billed, int Unbilled) Of(int number) => _requests.GetValueOrDefault(number);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var json = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(CancellationToken.None));
            int number = int.Parse(json.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            (int billed, int unbilled) = Of(number);
            var random = new Random(HashCode.Combine(seed, number, billed + unbilled));
            int kind = random.Next(20);
            _requests[number] = kind < 2 ? (billed, unbilled + 1) : (billed + 1, unbilled);
            switch (kind)
            {
                case 0:
                    return RoadAnswer.Of(400, "{}"u8.ToArray());
                case 1:
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
                case 2:
                    return RoadAnswer.Of(503, "{}"u8.ToArray());
                case 3:
                    throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended");
                case 4:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    break;
            }

            RoadBody body = Body(random);
            Bodies.Add(body);
            return RoadAnswer.Of(200, new StreamContent(body), ("content-type", "text/event-stream"));
        }

        private static RoadBody Body(Random random)
        {
            var body = new RoadBody().Then(Role);
            int pieces = random.Next(8);
            for (int i = 0; i < pieces; i++)
            {
                byte[] piece = System.Text.Encoding.UTF8.GetBytes(Piece($"{i} \u00e9 "));
                body.Then(random.Next(2) == 0 ? _ => new(piece) : async _ =>
                {
                    await Task.Yield();
                    return piece;
                });
            }

            return random.Next(12) switch
            {
                0 => body,
                1 => body.ThenStall(),
                2 => body.Then(new IOException("reset")),
                3 => body.Then(ServerError),
                4 => body.Then("data: {\"choices\":[}\n\n"),
                5 => body.Then("data: {\"choi"),
                6 => body.Then(Bill),
                7 => body.Then(Finish() + Done),
                _ => body.Then(Finish() + Bill + Done),
            };
        }
    }

    /// <summary>The ledger, with a note of what became of each reservation.</summary>
    private sealed class Watch(IBudgetLedger inner) : IBudgetLedger
    {
        private readonly ConcurrentDictionary<Guid, Hold> _holds = new();
        private readonly ConcurrentDictionary<string, ConcurrentBag<Hold>> _byTenant = new();

        public Hold[] Of(int number) => [.. _byTenant.GetValueOrDefault($"t{number}") ?? []];

        public async ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken)
        {
            BudgetDecision decision = await inner.ReserveAsync(reservation, cancellationToken);
            Hold hold = _holds[reservation.Id] = new Hold(reservation.AmountNanoUsd);
            _byTenant.GetOrAdd(reservation.Lines[1].Account.Tenant, static _ => []).Add(hold);
            return decision;
        }

        public ValueTask<IReadOnlyList<BudgetAlert>> SettleAsync(Guid reservationId, long actualNanoUsd, CancellationToken cancellationToken)
        {
            _holds[reservationId].Close(actualNanoUsd);
            return inner.SettleAsync(reservationId, actualNanoUsd, cancellationToken);
        }

        public ValueTask ReleaseAsync(Guid reservationId, CancellationToken cancellationToken)
        {
            // A caller who left while the ledger was asked holds nothing, and gives it back all the same.
            _holds.GetValueOrDefault(reservationId)?.Close(null);
            return inner.ReleaseAsync(reservationId, cancellationToken);
        }

        public ValueTask<IReadOnlyList<BudgetAlert>> ForfeitExpiredAsync(CancellationToken cancellationToken) => inner.ForfeitExpiredAsync(cancellationToken);

        public ValueTask<BudgetBalance> ReadAsync(BudgetAccount account, BudgetMonth month, CancellationToken cancellationToken) => inner.ReadAsync(account, month, cancellationToken);

        internal sealed class Hold(long amount)
        {
            private int _closings;

            public long Amount { get; } = amount;

            public int Closings => _closings;

            public long? Settled { get; private set; }

            public void Close(long? settled)
            {
                Interlocked.Increment(ref _closings);
                Settled = settled;
            }
        }
    }
}
