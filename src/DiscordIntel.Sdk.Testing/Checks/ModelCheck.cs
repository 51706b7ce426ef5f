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
            ? FindInTokens(body, model) ?? FindInEffort(EffortOf(body, "reasoning_effort"), "reasoning_effort", model) ?? FindInTools(body, model)
                ?? FindInSampling(body, EffortOf(body, "reasoning_effort"), model) ?? FindInFormat(body, model)
            : null;

    /// <summary>The same for a request to Responses, which takes functions at any effort.</summary>
    public static ApiError? FindInResponses(JsonElement body, string id)
    {
        if (Has(body, "reasoning", out JsonElement reasoning) && ResponsesMembers.Reasoning.Find(reasoning, "reasoning") is { } fault)
        {
            return fault;
        }

        if (!ModelCatalog.Default.TryFind(id, out ModelInfo? model))
        {
            return null;
        }

        string? effort = reasoning.ValueKind == JsonValueKind.Object ? EffortOf(reasoning, "effort") : null;
        return FindInTokens(body, model) ?? FindInEffort(effort, "reasoning.effort", model) ?? FindInSampling(body, effort, model) ?? FindInInclude(body, effort, model);
    }

    private static ApiError? FindInTokens(JsonElement body, ModelInfo model)
    {
        if (Has(body, "max_tokens", out _) && model.ReasoningEfforts.Count > 0)
        {
            return ApiError.Invalid(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
        }

        foreach (string name in new[] { "max_completion_tokens", "max_tokens", "max_output_tokens" })
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

    private static string? EffortOf(JsonElement parent, string name) => Has(parent, name, out JsonElement effort) ? effort.GetString() : null;

    // Left out, the effort is the model's own, which is not "none".
    private static ApiError? FindInTools(JsonElement body, ModelInfo model)
    {
        bool isRefused = model.ToolsOnChat == ToolSupport.Never || (model.ToolsOnChat == ToolSupport.OnlyWithoutReasoning && EffortOf(body, "reasoning_effort") != "none");
        return isRefused && Has(body, "tools", out JsonElement tools) && tools.GetArrayLength() > 0
            ? ApiError.Invalid(
                $"Function tools with reasoning_effort are not supported for {model.Id} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
                "reasoning_effort")
            : null;
    }

    private static ApiError? FindInInclude(JsonElement body, string? effort, ModelInfo model) =>
        model is { ReasoningEfforts.Count: 0, Temperature: TemperatureSupport.Any } && effort is null
        && Has(body, "include", out JsonElement include) && include.EnumerateArray().Any(wish => wish.ValueKind == JsonValueKind.String && wish.ValueEquals("reasoning.encrypted_content"))
            ? ApiError.Invalid("Encrypted content is not supported with this model.", "include")
            : null;

    private static ApiError? FindInEffort(string? effort, string path, ModelInfo model)
    {
        if (effort is null)
        {
            return null;
        }

        // An empty list alone means "not known"; a model that takes any temperature does not reason.
        if (model.ReasoningEfforts.Count == 0)
        {
            return model.Temperature == TemperatureSupport.Any ? ApiError.Unsupported(path) : null;
        }

        return model.ReasoningEfforts.Contains(effort) ? null : ApiError.Invalid(
            $"Unsupported value: '{path}' does not support '{effort}' with this model. Supported values are: {ApiError.Listed(model.ReasoningEfforts)}.", path, "unsupported_value");
    }

    private static ApiError? FindInSampling(JsonElement body, string? effort, ModelInfo model)
    {
        // Without an effort these models reason by default.
        bool reasons = model.Temperature == TemperatureSupport.Fixed
            || (model.Temperature == TemperatureSupport.OnlyWithoutReasoning && effort != "none");
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
