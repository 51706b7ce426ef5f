using System.Globalization;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// Ratios of times for a machine that does other work, too: short blocks of every candidate in turn, in another order every round, so that what disturbs one
/// disturbs all. The time that the fastest tenth of its blocks keeps to is what tells of a candidate: other work only ever adds to it.
/// </summary>
internal static class SideBySide
{
    private const int Warmups = 200;
    private const int Rounds = 400;

    public static async Task RunAsync()
    {
        var call = new OneCall();
        call.Setup();
        await CompareAsync("one call", 256, call.Begin, call.End, ("OpenAI, typed", call.TypedCallAsync), ("raw HttpClient", call.RawCallAsync), ("DiscordIntel", call.SdkCallAsync));
        call.Cleanup();
        var hit = new CacheHit();
        await CompareAsync("cache", 256, hit.Begin, hit.End, ("first time", hit.FirstAsync), ("hit", hit.AgainAsync), ("plain MemoryCache", () => Task.FromResult(hit.FindPlain())));
        foreach (int piece in new[] { 4096, 0 })
        {
            var stream = new OneStream { Piece = piece };
            stream.Setup();
            await CompareAsync(
                piece == 0 ? "stream, an event at a time" : "stream",
                8,
                static () => { },
                static () => { },
                ("OpenAI, typed", stream.OpenAITyped),
                ("raw HttpClient", stream.RawHttpClient),
                ("Microsoft.Extensions.AI", stream.ExtensionsAI),
                ("DiscordIntel", stream.DiscordIntel));
            await stream.CleanupAsync();
        }
    }

    private static async Task CompareAsync(string title, int calls, Action begin, Action end, params (string Name, Func<Task> Call)[] candidates)
    {
        double[][] times = [.. candidates.Select(_ => new double[Rounds])];
        for (int round = -Warmups; round < Rounds; round++)
        {
            begin();
            for (int i = 0; i < candidates.Length; i++)
            {
                int next = (i + round + Warmups) % candidates.Length;
                double time = await TimeAsync(candidates[next].Call, calls);
                if (round >= 0)
                {
                    times[next][round] = time;
                }
            }

            end();
        }

        for (int i = 0; i < candidates.Length; i++)
        {
            double time = Share(times[i], 0.1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{title}: {candidates[i].Name}: p10 {time:0.00} us, p50 {Share(times[i], 0.5):0.00} us; p10 {time / Share(times[0], 0.1):0.00} of {candidates[0].Name}"));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> call, int calls)
    {
        long startedAt = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            await call();
        }

        return TimeProvider.System.GetElapsedTime(startedAt).TotalMicroseconds / calls;
    }

    private static double Share(double[] values, double share) => values.Order().ElementAt((int)(Rounds * share));
}
