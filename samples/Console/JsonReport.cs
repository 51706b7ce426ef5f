using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The report for a program. <c>synthetic</c> is true when the emulator made it.</summary>
internal static partial class JsonReport
{
    private static readonly ReportJson Json = new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(StepResult<ContentAnalysis> result, bool synthetic) => JsonSerializer.Serialize(
        new Report(synthetic, result.Value, result.Error is { } error ? new Failure(error.Kind, error.Message, error.RetryAfter?.TotalSeconds) : null, result.Receipt),
        Json.Report);

    internal sealed record Report(bool Synthetic, ContentAnalysis? Analysis, Failure? Error, StepReceipt Receipt);

    internal sealed record Failure(StepErrorKind Kind, string Message, double? RetryAfterSeconds);

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UseStringEnumConverter = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
