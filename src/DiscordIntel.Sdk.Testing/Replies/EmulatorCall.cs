using System.Text.Json;

namespace DiscordIntel.Testing.Replies;

/// <summary>What a reply may depend on: the request's number, from 1, and its body.</summary>
internal sealed record EmulatorCall(int Number, JsonElement Body)
{
    /// <summary>The requested model; empty when there is none.</summary>
    public string Model =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String
            ? model.GetString()!
            : "";
}
