using System.Globalization;
using System.Text.Json;
using DiscordIntel.Models;

namespace DiscordIntel.Testing.Checks;

/// <summary>Checks what the requested model refuses, by the shipped catalogue. A model that it does not know refuses nothing.</summary>
internal static class ModelCheck
{
    private static readonly string[] OnlyWithoutReasoning = ["top_p", "logprobs", "top_logprobs"];

    public static ApiError? Find(JsonElement body, string id) =>
        ModelCatalog.Default.TryFind(id, out ModelInfo? model)
            ? FindInTokens(body, model) ?? FindInEffort(body, model) ?? FindInSampling(body, model) ?? FindInFormat(body, model)
            : null;

    private static ApiError? FindInTokens(JsonElement body, ModelInfo model)
    {
        if (Has(body, "max_tokens", out _) && model.ReasoningEfforts.Count > 0)
        {
            return ApiError.Invalid(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
        }

        foreach (string name in new[] { "max_completion_tokens", "max_tokens" })
        {
            if (Has(body, name, out JsonElement tokens) && tokens.GetInt64() > model.MaxOutputTokens)
            {
                return ApiError.Invalid(
                    string.Create(CultureInfo.InvariantCulture, $"{name} is too large: {tokens}. This model supports at most {model.MaxOutputTokens} completion tokens, whereas you provided {tokens}."),
                    name,
                    "invalid_value");
            }
        }

        return null;
    }

    private static ApiError? FindInEffort(JsonElement body, ModelInfo model)
    {
        if (!Has(body, "reasoning_effort", out JsonElement effort))
        {
            return null;
        }

        // An empty list alone means "not known"; a model that takes any temperature does not reason.
        if (model.ReasoningEfforts.Count == 0)
        {
            return model.Temperature == TemperatureSupport.Any ? ApiError.Unsupported("reasoning_effort") : null;
        }

        return model.ReasoningEfforts.Contains(effort.GetString()!) ? null : ApiError.Invalid(
            $"Unsupported value: 'reasoning_effort' does not support '{effort.GetString()}' with this model. Supported values are: {ApiError.Listed(model.ReasoningEfforts)}.",
            "reasoning_effort",
            "unsupported_value");
    }

    private static ApiError? FindInSampling(JsonElement body, ModelInfo model)
    {
        // Without an effort these models reason by default.
        bool reasons = model.Temperature == TemperatureSupport.Fixed
            || (model.Temperature == TemperatureSupport.OnlyWithoutReasoning
                && !(Has(body, "reasoning_effort", out JsonElement effort) && effort.GetString() == "none"));
        if (!reasons)
        {
            return null;
        }

        if (Has(body, "temperature", out JsonElement temperature) && temperature.GetDouble() != 1)
        {
            return ApiError.Invalid(
                $"Unsupported value: 'temperature' does not support {temperature.GetRawText()} with this model. Only the default (1) value is supported.",
                "temperature",
                "unsupported_value");
        }

        return OnlyWithoutReasoning.FirstOrDefault(name => Has(body, name, out _)) is { } refused ? ApiError.Unsupported(refused) : null;
    }

    private static ApiError? FindInFormat(JsonElement body, ModelInfo model) =>
        model.StructuredOutputs == false
        && Has(body, "response_format", out JsonElement format)
        && format.TryGetProperty("type", out JsonElement type)
        && type.ValueEquals("json_schema")
            ? ApiError.Invalid(
                "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs",
                null)
            : null;

    private static bool Has(JsonElement body, string name, out JsonElement value) =>
        body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
