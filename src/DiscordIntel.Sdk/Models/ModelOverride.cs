using System.Globalization;

namespace DiscordIntel.Models;

/// <summary>
/// A correction to the catalogue, or a model it does not know, as an entry of <c>DiscordIntel:Models:Catalog</c>.
/// What is null keeps the catalogue's word.
/// </summary>
public sealed class ModelOverride
{
    private const decimal MostPrice = 1_000_000m;

    /// <summary>The model's id. Required.</summary>
    public string Id { get; set; } = "";

    /// <summary>The most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Whether it takes a strict JSON schema.</summary>
    public bool? StructuredOutputs { get; set; }

    /// <summary>When it takes functions on the Chat Completions API; what it does not take there goes over the Responses API.</summary>
    public ToolSupport? ToolsOnChat { get; set; }

    /// <summary>The reasoning efforts it takes, least first.</summary>
    public IList<string>? ReasoningEfforts { get; set; }

    /// <summary>When it takes a temperature.</summary>
    public TemperatureSupport? Temperature { get; set; }

    /// <summary>The day on which it is shut down, such as <c>2027-01-14</c>.</summary>
    public DateOnly? Shutdown { get; set; }

    /// <summary>The model to use in its place.</summary>
    public string? Replacement { get; set; }

    /// <summary>US dollars per one million input tokens. A price takes this and <see cref="OutputPrice"/>; it replaces all shipped ones.</summary>
    /// <value>0 to 1,000,000, as the other prices. Default: the catalogue's.</value>
    public decimal? InputPrice { get; set; }

    /// <summary>US dollars per one million input tokens read from the provider's prompt cache. Only with the other two prices.</summary>
    public decimal? CachedInputPrice { get; set; }

    /// <summary>US dollars per one million output tokens.</summary>
    public decimal? OutputPrice { get; set; }

    internal ModelInfo ApplyTo(ModelInfo? known)
    {
        ModelInfo model = known ?? new ModelInfo { Id = Id, Kind = "chat" };
        return model with
        {
            Id = string.Equals(model.Id, Id, StringComparison.OrdinalIgnoreCase) ? model.Id : Id,
            MaxOutputTokens = MaxOutputTokens ?? model.MaxOutputTokens,
            StructuredOutputs = StructuredOutputs ?? model.StructuredOutputs,
            ToolsOnChat = ToolsOnChat ?? model.ToolsOnChat,
            ReasoningEfforts = ReasoningEfforts is { } efforts ? [.. efforts] : model.ReasoningEfforts,
            Temperature = Temperature ?? model.Temperature,
            Shutdown = Shutdown ?? model.Shutdown,
            Replacement = Replacement ?? model.Replacement,
            Prices = InputPrice is null && OutputPrice is null
                ? model.Prices
                : [new ModelPrice { Input = InputPrice, CachedInput = CachedInputPrice, Output = OutputPrice }],
        };
    }

    internal IEnumerable<string> Faults(string path)
    {
        if (string.IsNullOrWhiteSpace(Id))
        {
            yield return $"{path}:Id is empty. Name the model that this entry corrects.";
        }

        if (MaxOutputTokens is <= 0)
        {
            yield return $"{path}:MaxOutputTokens is {MaxOutputTokens}. Set a whole number from 1 up.";
        }

        if (Temperature is { } rule && !Enum.IsDefined(rule))
        {
            yield return $"{path}:Temperature is {rule}. Set one of: {string.Join(", ", Enum.GetNames<TemperatureSupport>())}.";
        }

        if (ToolsOnChat is { } tools && !Enum.IsDefined(tools))
        {
            yield return $"{path}:ToolsOnChat is {tools}. Set one of: {string.Join(", ", Enum.GetNames<ToolSupport>())}.";
        }

        if ((InputPrice is null) != (OutputPrice is null))
        {
            yield return $"{path} has only one of InputPrice and OutputPrice. Set both, in US dollars per one million tokens.";
        }

        if (CachedInputPrice is >= 0 and <= MostPrice && InputPrice is null && OutputPrice is null)
        {
            yield return $"{path} has CachedInputPrice without InputPrice and OutputPrice. Set all three, in US dollars per one million tokens.";
        }

        foreach ((string name, decimal? price) in new[] { ("InputPrice", InputPrice), ("CachedInputPrice", CachedInputPrice), ("OutputPrice", OutputPrice) })
        {
            if (price is < 0 or > MostPrice)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{path}:{name} is {price}. Set US dollars per one million tokens, from 0 to {MostPrice}.");
            }
        }
    }
}
