using System.Globalization;
using DiscordIntel.Models;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>What a request cost: the provider's own figure, else its usage at the list price, else the most that it can have cost.</summary>
internal static class Billing
{
    /// <summary>The bill of a request that got an answer.</summary>
    public static Bill Of(CallContext context, ChatResponse reply)
    {
        var details = reply.RawRepresentation as ReplyDetails;
        if (details?.Cost is { } cost && Credible(ModelPrice.ToNanoUsd(cost)) is { } charged)
        {
            return new Bill(charged, IsEstimated: false);
        }

        if (reply.Usage is not { InputTokenCount: { } input, OutputTokenCount: { } output })
        {
            return MostOf(context);
        }

        var usage = new BillableUsage
        {
            Input = input,
            CachedInput = reply.Usage.CachedInputTokenCount ?? 0,
            CacheWrite = details?.CacheWriteTokens ?? 0,
            AudioInput = details?.AudioInputTokens ?? 0,
            Output = output,
            AudioOutput = details?.AudioOutputTokens ?? 0,
            ServiceTier = details?.ServiceTier,
        };

        // Some servers answer under a name of their own. The price of the model asked for is then the nearest that is known.
        return Credible(PriceOf(context, reply.ModelId ?? context.Model)?.CostInNanoUsd(usage)) is { } exact ? new Bill(exact, IsEstimated: false)
            : Credible(PriceOf(context, context.Model)?.CostInNanoUsd(usage)) is { } likely ? new Bill(likely, IsEstimated: true)
            : MostOf(context);
    }

    /// <summary>The bill of a stream by what it has shown, however it ended.</summary>
    public static Bill OfStream(CallContext context, ChatResponse shown) =>
        shown.Usage is not null || (shown.RawRepresentation as ReplyDetails)?.Cost is not null ? Of(context, shown)

        // Reasoning, a refusal, a call of a tool: it was billed, and has no size here.
        : shown.Messages.SelectMany(static message => message.Contents).Any(static content => content is not TextContent) ? MostOf(context)
        : OfCutStream(context, CostEstimator.Bytes(shown.Text));

    /// <summary>
    /// The bill of a stream that ended without a word on its usage: its input and the text that came, unless hidden reasoning may have taken more.
    /// </summary>
    public static Bill OfCutStream(CallContext context, long textBytes)
    {
        Bill most = MostOf(context);
        if (MayReason(context) || CostEstimator.InputTokens(context) is not { } input
            || PriceOf(context, context.Model)?.UpperBoundInNanoUsd(input, textBytes) is not { } likely)
        {
            return most;
        }

        return new Bill(most.NanoUsd is { } bound ? Math.Min(bound, likely) : likely, IsEstimated: true);
    }

    /// <summary>The bill of a request that was sent and not answered: all that was reserved for it.</summary>
    public static Bill MostOf(CallContext context) => new(context.Hold?.BoundNanoUsd, IsEstimated: true);

    public static ModelPrice? PriceOf(CallContext context, string? model) =>
        context.Route is { } route ? PriceOf(context, route.Catalog, model) : null;

    public static ModelPrice? PriceOf(CallContext context, ModelCatalog catalog, string? model) =>
        catalog.TryFind(model, out ModelInfo? known) ? known.PriceOn(DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime)) : null;

    // What no ledger can count is a fault of the server, not a bill.
    private static long? Credible(long? nanoUsd) => nanoUsd <= BudgetLine.MaxNanoUsd ? nanoUsd : null;

    private static bool MayReason(CallContext context) =>
        !string.Equals(context.Generation.ReasoningEffort ?? (context.KnownModel?.ReasoningEfforts is [var least, ..] ? least : null), "none", StringComparison.Ordinal)
        && context.KnownModel is not { ReasoningEfforts: [], Temperature: TemperatureSupport.Any };

    /// <param name="NanoUsd">Null when nobody knows.</param>
    /// <param name="IsEstimated">Whether the figure stands in for a bill that was not seen.</param>
    internal readonly record struct Bill(long? NanoUsd, bool IsEstimated);
}
