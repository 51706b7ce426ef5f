using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiscordIntel.Models;

/// <summary>Reads the embedded <c>models.json</c>.</summary>
internal static partial class ModelCatalogReader
{
    public static ModelCatalog ReadShipped()
    {
        using Stream stream = typeof(ModelCatalogReader).Assembly.GetManifestResourceStream("DiscordIntel.models.json")!;
        CatalogFile file = JsonSerializer.Deserialize(stream, CatalogJson.Default.CatalogFile)!;
        return new ModelCatalog(file.AsOf, file.Models.Select(ToInfo));
    }

    private static ModelInfo ToInfo(CatalogRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        ContextWindow = row.ContextWindow,
        MaxOutputTokens = row.MaxOutputTokens,
        StructuredOutputs = row.Capabilities?.StructuredOutputs,
        ToolsOnChat = row.Capabilities?.ToolsOnChat switch
        {
            "yes" => ToolSupport.Always,
            "effortNoneOnly" => ToolSupport.OnlyWithoutReasoning,
            "responsesOnly" => ToolSupport.Never,
            _ => ToolSupport.Unknown,
        },
        MaxImageTokens = row.Capabilities?.MaxImageTokens,
        ReasoningEfforts = row.Capabilities?.ReasoningEfforts ?? [],
        Temperature = row.Capabilities?.Temperature switch
        {
            "any" => TemperatureSupport.Any,
            "onlyWhenEffortNone" => TemperatureSupport.OnlyWithoutReasoning,
            "fixed" => TemperatureSupport.Fixed,
            _ => TemperatureSupport.Unknown,
        },
        Shutdown = row.Shutdown,
        Replacement = row.Replacement,
        Prices = [.. row.Prices.Select(ToPrice)],
    };

    private static ModelPrice ToPrice(PriceRow row) => new()
    {
        From = row.From,
        Input = row.Per1M?.Input,
        CachedInput = row.Per1M?.CachedInput,
        CacheWrite = row.Per1M?.CacheWrite,
        Output = row.Per1M?.Output,
        AudioInput = row.AudioPer1M?.Input,
        AudioOutput = row.AudioPer1M?.Output,
        AudioMinute = row.PerMinute,
        Characters = row.Per1MCharacters,
        LongContextAbove = row.LongContext?.AboveInputTokens,
        LongContextInputMultiplier = row.LongContext?.InputMultiplier ?? 1,
        LongContextOutputMultiplier = row.LongContext?.OutputMultiplier ?? 1,
        FlexMultiplier = row.FlexMultiplier,
        PriorityMultiplier = row.PriorityMultiplier,
    };

    internal sealed record CatalogFile(DateOnly AsOf, CatalogRow[] Models);

    internal sealed record CatalogRow(
        string Id, string Kind, int? ContextWindow, int? MaxOutputTokens, CapabilityRow? Capabilities, PriceRow[] Prices, DateOnly? Shutdown, string? Replacement);

    internal sealed record CapabilityRow(
        bool? StructuredOutputs, string? ToolsOnChat, int? MaxImageTokens, string[]? ReasoningEfforts, string? Temperature);

    internal sealed record PriceRow(
        DateOnly? From,
        PerMillionRow? Per1M,
        AudioRow? AudioPer1M,
        decimal? PerMinute,
        decimal? Per1MCharacters,
        LongContextRow? LongContext,
        decimal? FlexMultiplier,
        decimal? PriorityMultiplier);

    internal sealed record PerMillionRow(decimal? Input, decimal? CachedInput, decimal? CacheWrite, decimal? Output);

    internal sealed record AudioRow(decimal? Input, decimal? Output);

    internal sealed record LongContextRow(long AboveInputTokens, decimal InputMultiplier, decimal OutputMultiplier);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(CatalogFile))]
    internal sealed partial class CatalogJson : JsonSerializerContext;
}
