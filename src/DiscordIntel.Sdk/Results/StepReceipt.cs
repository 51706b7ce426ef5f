namespace DiscordIntel.Results;

/// <summary>
/// What a step took: who answered, tokens, cost, attempts, time. What is not known is null, never 0; requests that are certainly not billed
/// (refused with a 4xx status, or never sent) and answers out of the cache are known to take 0.
/// </summary>
public sealed record StepReceipt
{
    /// <summary>The receipt of a step that reached no provider.</summary>
    public static StepReceipt None { get; } = new();

    /// <summary>The provider that answered, such as <c>openai</c>; null when none was asked.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that answered, by the provider's own word; the model asked for when it said none.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The provider's API that answered: <c>chat_completions</c> or <c>responses</c>; null when none did, for an answer out of the cache, and for a client of the
    /// host's own.
    /// </summary>
    public string? Api { get; init; }

    /// <summary>Input tokens billed, cached ones included.</summary>
    public long? InputTokens { get; init; }

    /// <summary>The part of <see cref="InputTokens"/> that the provider read from its prompt cache.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Output tokens billed, reasoning included.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The part of <see cref="OutputTokens"/> that was hidden reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>
    /// The cost of all attempts in US dollars, as it was booked: the provider's own figure, else tokens times the catalogue's price, else (for a bill never seen:
    /// a timeout, a broken connection, an answer without usage) the most it can have been; of a stream cut off, where nothing hidden can have been billed, what
    /// its text can cost. Null when no price is known or nothing was sent; 0 for an answer out of the cache.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>True when a part of <see cref="Cost"/> stands in for a bill that was not seen.</summary>
    public bool CostIsEstimated { get; init; }

    /// <summary>Whether the answer came out of the cache: nothing was sent, nothing is billed.</summary>
    public bool FromCache { get; init; }

    /// <summary>Requests sent to providers, retries included.</summary>
    public int Attempts { get; init; }

    /// <summary>Wall-clock time of the step.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>From the start of a streamed step to its first text, waiting and retries included; null for a step that is not streamed.</summary>
    public TimeSpan? TimeToFirstChunk { get; init; }

    /// <summary>The provider's id of the last request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>What was left out, renamed or changed because the model would have refused it, one sentence each.</summary>
    public IReadOnlyList<string> Adjustments { get; init; } = [];

    /// <summary>What the host should know about an otherwise good result, such as a quote that is not in the source.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The tools that the model called, oldest first, on success and on failure; empty but for function calling.</summary>
    public IReadOnlyList<ToolStep> ToolSteps { get; init; } = [];

    /// <summary>
    /// The receipt of this step followed by <paramref name="next"/>. Tokens, cost, attempts and time add up; a sum with an unknown part is unknown.
    /// Provider, model and request id are the later ones.
    /// </summary>
    public StepReceipt Add(StepReceipt next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Attempts == 0 || next.Attempts == 0)
        {
            // The one that asked a provider; of two that did not, the one that the cache answered.
            StepReceipt asked = next.Attempts == 0 && (Attempts > 0 || !next.FromCache) ? this : next;
            return asked with
            {
                Elapsed = Elapsed + next.Elapsed,
                Adjustments = Union(Adjustments, next.Adjustments),
                Warnings = Union(Warnings, next.Warnings),
                ToolSteps = Joined(ToolSteps, next.ToolSteps),
            };
        }

        return new StepReceipt
        {
            Provider = next.Provider ?? Provider,
            Model = next.Model ?? Model,
            Api = next.Api ?? Api,
            InputTokens = InputTokens + next.InputTokens,
            CachedInputTokens = CachedInputTokens + next.CachedInputTokens,
            OutputTokens = OutputTokens + next.OutputTokens,
            ReasoningTokens = ReasoningTokens + next.ReasoningTokens,
            Cost = Cost + next.Cost,
            CostIsEstimated = CostIsEstimated || next.CostIsEstimated,
            Attempts = Attempts + next.Attempts,
            Elapsed = Elapsed + next.Elapsed,
            TimeToFirstChunk = TimeToFirstChunk ?? (next.TimeToFirstChunk is { } first ? Elapsed + first : null),
            RequestId = next.RequestId ?? RequestId,
            Adjustments = Union(Adjustments, next.Adjustments),
            Warnings = Union(Warnings, next.Warnings),
            ToolSteps = Joined(ToolSteps, next.ToolSteps),
        };
    }

    private static IReadOnlyList<ToolStep> Joined(IReadOnlyList<ToolStep> first, IReadOnlyList<ToolStep> second) =>
        second.Count == 0 ? first : first.Count == 0 ? second : [.. first, .. second];

    private static IReadOnlyList<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        second.Count == 0 ? first : first.Count == 0 ? second : [.. first.Union(second, StringComparer.Ordinal)];
}
