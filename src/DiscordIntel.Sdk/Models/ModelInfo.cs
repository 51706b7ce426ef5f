namespace DiscordIntel.Models;

/// <summary>What the catalogue knows of a model. What is not known is null, which is neither false nor 0.</summary>
public sealed record ModelInfo
{
    /// <summary>The id as the provider spells it.</summary>
    public required string Id { get; init; }

    /// <summary>What the model is for, such as <c>chat</c>, <c>transcription</c> or <c>speech</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The most tokens of input and output together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>The most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether it takes a strict JSON schema.</summary>
    public bool? StructuredOutputs { get; init; }

    /// <summary>When it takes functions on the Chat Completions API.</summary>
    public ToolSupport ToolsOnChat { get; init; }

    /// <summary>The most input tokens that one image takes with the detail <c>high</c>.</summary>
    public int? MaxImageTokens { get; init; }

    /// <summary>The reasoning efforts it takes, least first; empty for a model that does not reason or of which it is not known.</summary>
    public IReadOnlyList<string> ReasoningEfforts { get; init; } = [];

    /// <summary>When it takes a temperature.</summary>
    public TemperatureSupport Temperature { get; init; }

    /// <summary>The day on which the provider shuts it down; null when none is announced.</summary>
    public DateOnly? Shutdown { get; init; }

    /// <summary>The model that the provider names in its place.</summary>
    public string? Replacement { get; init; }

    /// <summary>What it costs, and since when; oldest first.</summary>
    public IReadOnlyList<ModelPrice> Prices { get; init; } = [];

    /// <summary>Whether calls of text can be priced, on some day at least.</summary>
    internal bool HasPrice => Prices.Any(static price => price is { Input: not null, Output: not null });

    /// <summary>The price that holds on <paramref name="day"/>; null when none is known for it.</summary>
    public ModelPrice? PriceOn(DateOnly day)
    {
        for (int i = Prices.Count - 1; i >= 0; i--)
        {
            if (Prices[i].From is not { } from || from <= day)
            {
                return Prices[i];
            }
        }

        return null;
    }
}
