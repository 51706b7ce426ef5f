using System.Globalization;
using System.Text;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Text;

/// <summary>Streams over sockets, all open at the same time: each reader gets the answer to its own question, whole and in order, and the ledger books what the server billed.</summary>
[NonParallelizable]
internal sealed class ConcurrentStreamsTests
{
    private const string Model = "gpt-4.1-mini";
    private const int Chunks = 200;
    private const string Before = "This is a reply from the emulator, not from a model. Your message says: \"";

    [Test]
    [CancelAfter(60_000)]
    public Task StreamAsync_OneHundredAtOnce_LosesAndMixesNothing(CancellationToken cancellationToken) => RunAsync(100, cancellationToken);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    [CancelAfter(300_000)]
    public Task StreamAsync_OneThousandAtOnce_LosesAndMixesNothing(CancellationToken cancellationToken) => RunAsync(1000, cancellationToken);

    private static async Task RunAsync(int streams, CancellationToken cancellationToken)
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Always(EmulatorReply.Default().InChunksOf(1));
        await using EmulatorServer server = await emulator.ListenAsync(cancellationToken: cancellationToken);
        await using ServiceProvider services = Services(server);
        TextClient text = services.GetRequiredService<TextClient>();
        await ReadAsync(text, 0, () => Task.CompletedTask, cancellationToken);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        int halfway = 0;
        var allAreOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] readers = [.. Enumerable.Range(1, streams).Select(number => ReadAsync(text, number, WaitForAllAsync, cancellationToken))];
        await Task.WhenAll(readers);

        BudgetBalance balance = await services.GetRequiredService<IBudgetLedger>().ReadAsync(
            BudgetAccount.Bot, BudgetMonth.Of(TimeProvider.System.GetUtcNow()), cancellationToken);
        EmulatorBill bill = emulator.Billed.Single();
        Assert.That((bill.Model, bill.Completions), Is.EqualTo((Model, streams + 1)));
        Assert.That((balance.SpentNanoUsd, balance.ReservedNanoUsd), Is.EqualTo((Cost(bill), 0L)));

        // Each waits at its middle until all have come so far.
        Task WaitForAllAsync()
        {
            if (Interlocked.Increment(ref halfway) == streams)
            {
                long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / streams;
                TestContext.Out.WriteLine($"{streams} open streams: {each} B of managed memory each, the emulator's side included");
                allAreOpen.SetResult();
            }

            return allAreOpen.Task.WaitAsync(cancellationToken);
        }
    }

    private static async Task ReadAsync(TextClient text, int number, Func<Task> atMiddle, CancellationToken cancellationToken)
    {
        string prompt = Prompt(number);
        var said = new StringBuilder();
        StepResult<StreamChunk>? last = null;
        await foreach (StepResult<StreamChunk> chunk in text.StreamAsync(prompt, IntelScope.Guild(1, 2, (ulong)number + 1), cancellationToken))
        {
            Assert.That(last, Is.Null, "nothing follows the end");
            if (!chunk.IsSuccess || chunk.Value.IsFinal)
            {
                last = chunk;
                continue;
            }

            Assert.That(chunk.Value.Text, Has.Length.EqualTo(1));
            said.Append(chunk.Value.Text);
            if (said.Length == Chunks / 2)
            {
                await atMiddle();
            }
        }

        Assert.That(last?.Error, Is.Null);
        Assert.That(said.ToString(), Is.EqualTo($"{Before}{prompt}\""));
        Assert.That((said.Length, last!.Receipt.OutputTokens), Is.EqualTo((Chunks, (long?)Chunks / 4)));
    }

    // Of such a length that its answer has as many characters as there are to be chunks. No piece of it stands in another one's.
    private static string Prompt(int number)
    {
        string words = string.Join(' ', Enumerable.Range(0, 30).Select(word => string.Create(CultureInfo.InvariantCulture, $"{number}x{word:00}")));
        return words[..(Chunks - Before.Length - 2)] + "z";
    }

    private static long Cost(EmulatorBill bill)
    {
        Assert.That(ModelCatalog.Default.TryFind(bill.Model, out ModelInfo? model), Is.True);
        var usage = new BillableUsage { Input = bill.InputTokens, Output = bill.OutputTokens };
        return model!.PriceOn(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))!.CostInNanoUsd(usage)!.Value;
    }

    private static ServiceProvider Services(EmulatorServer server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "emulator";
            options.OpenAI.BaseUrl = server.BaseUrl.ToString();
            options.Models.Text = Model;
            options.Limits.RequestsPerMinute = null;
            options.Budget.MonthlyLimitUsd = 100;
        });
        return services.BuildServiceProvider();
    }
}
