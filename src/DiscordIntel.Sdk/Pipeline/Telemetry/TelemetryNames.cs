namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>
/// All names, in one file: the GenAI semantic conventions of OpenTelemetry are still in development and may change theirs.
/// </summary>
internal static class TelemetryNames
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Source = "DiscordIntel";

    // Instruments.
    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string StepDuration = "discordintel.step.duration";
    public const string StepResults = "discordintel.step.results";
    public const string RetryAttempts = "discordintel.retry.attempts";

    // Attributes of the GenAI conventions.
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";

    // Attributes of our own. No user id, no channel id, no content.
    public const string Operation = "operation";
    public const string Outcome = "outcome";
    public const string Provider = "provider";
    public const string Model = "model";
    public const string Tenant = "discordintel.tenant";
    public const string Attempts = "discordintel.attempts";
    public const string Cost = "discordintel.cost_usd";
}
