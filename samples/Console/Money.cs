using System.Globalization;
using DiscordIntel.Results;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Sums of money, in words that claim no more than is known.</summary>
internal static class Money
{
    private const decimal Smallest = 0.000001m;

    public static string Usd(decimal? usd) => usd switch
    {
        null => "no limit",
        > 0 and < Smallest => $"under {Smallest.ToString(CultureInfo.InvariantCulture)} USD",
        { } sum => $"{sum.ToString("#,0.######", CultureInfo.InvariantCulture)} USD",
    };

    /// <summary>What a step cost. What the emulator answers costs nothing; its tokens have a list price all the same.</summary>
    public static string Of(StepReceipt receipt, bool synthetic)
    {
        if (receipt.FromCache)
        {
            return "no cost";
        }

        string? sum = receipt.Cost is { } usd ? $"{(receipt.CostIsEstimated ? "about " : "")}{Usd(usd)}" : null;
        return synthetic ? sum is null ? "no cost" : $"no cost ({sum} at the list price of {receipt.Model})" : sum ?? "cost unknown";
    }
}
