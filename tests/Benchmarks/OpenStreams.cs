using System.Diagnostics;
using System.Globalization;
using System.Text;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Text;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// Thousands of streams open at the same time, over sockets to another process that writes about 20,000 chunks a second: what each takes of memory, whether each
/// reader gets its own answer whole, and whether the ledger books what the server billed.
/// </summary>
internal static class OpenStreams
{
    private const string Model = "gpt-4.1-mini";
    private const int Chunks = 200;
    private const int ChunksPerSecond = 20_000;
    private const int OpenedAtOnce = 400;
    private const string Before = "This is a reply from the emulator, not from a model. Your message says: \"";

    public static async Task RunAsync(int streams)
    {
        await using OpenStreamsServer server = await OpenStreamsServer.StartAsync(TimeSpan.FromMilliseconds(Math.Max(1, streams * 1000 / ChunksPerSecond)));
        await using (ServiceProvider warm = Services(server.Quick))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(number => ReadAsync(warm.GetRequiredService<TextClient>(), number, static () => { }, new SemaphoreSlim(10))));
        }

        await using ServiceProvider services = Services(server.Paced);
        TextClient text = services.GetRequiredService<TextClient>();
        using var opening = new SemaphoreSlim(OpenedAtOnce);
        using var process = Process.GetCurrentProcess();
        int begun = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        long resident = process.WorkingSet64;
        long startedAt = TimeProvider.System.GetTimestamp();
        Task<bool>[] readers =
        [
            .. Enumerable.Range(0, streams).Select(number => ReadAsync(
                text,
                number,
                () =>
                {
                    if (Interlocked.Increment(ref begun) == streams)
                    {
                        all.SetResult();
                    }
                },
                opening)),
        ];
        await all.Task;

        process.Refresh();
        resident = process.WorkingSet64 - resident;
        managed = GC.GetTotalMemory(forceFullCollection: true) - managed;
        int open = readers.Count(reader => !reader.IsCompleted);
        TimeSpan opened = TimeProvider.System.GetElapsedTime(startedAt);
        int whole = (await Task.WhenAll(readers)).Count(static isWhole => isWhole);

        (int completions, long input, long output) = await server.BillAsync();
        ModelCatalog.Default.TryFind(Model, out ModelInfo? model);
        ModelPrice price = model!.PriceOn(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))!;
        decimal billed = ((input * price.Input!.Value) + (output * price.Output!.Value)) / 1_000_000;
        BudgetBalance booked = await services.GetRequiredService<IBudgetLedger>().ReadAsync(
            BudgetAccount.Bot, BudgetMonth.Of(TimeProvider.System.GetUtcNow()), CancellationToken.None);
        Print($"{open} of {streams} streams open after {opened.TotalSeconds:0} s: {managed / streams} B of managed memory each, {resident / streams} B of working set each");
        Print($"{whole} of {streams} answers whole and in order, after {TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds:0} s");
        Print($"the server bills {completions} answers, {billed} USD; the ledger has {booked.SpentNanoUsd / 1_000_000_000m} USD, and {booked.ReservedNanoUsd} reserved");
    }

    private static async Task<bool> ReadAsync(TextClient text, int number, Action begun, SemaphoreSlim opening)
    {
        string prompt = Prompt(number);
        var said = new StringBuilder(Chunks);
        bool isFinal = false;
        await opening.WaitAsync();
        await foreach (StepResult<StreamChunk> chunk in text.StreamAsync(prompt, IntelScope.Guild(1, 2, (ulong)number + 1)))
        {
            if (said.Length == 0)
            {
                opening.Release();
                begun();
            }

            isFinal = chunk.IsSuccess ? chunk.Value.IsFinal : throw new InvalidOperationException(chunk.Error.ToString());
            said.Append(chunk.Value.Text);
        }

        return isFinal && said.Length == Chunks && said.Equals($"{Before}{prompt}\"");
    }

    // Of such a length that its answer has as many characters as there are to be chunks. No piece of it stands in another one's.
    private static string Prompt(int number)
    {
        string words = string.Join(' ', Enumerable.Range(0, 30).Select(word => string.Create(CultureInfo.InvariantCulture, $"{number}x{word:00}")));
        return words[..(Chunks - Before.Length - 2)] + "z";
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static ServiceProvider Services(Uri server)
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "emulator";
            options.OpenAI.BaseUrl = server.ToString();
            options.Models.Text = Model;
            options.Generation.Timeout = TimeSpan.FromMinutes(10);
            options.Limits.RequestsPerMinute = 1_000_000;
            options.Budget.MonthlyLimitUsd = 1000;
        });
        return services.BuildServiceProvider();
    }
}
