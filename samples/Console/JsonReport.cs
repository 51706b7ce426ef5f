using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;
using DiscordIntel.Usage;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The report for a program. <c>synthetic</c> is true when the emulator made it.</summary>
internal static partial class JsonReport
{
    private static readonly ReportJson Json = new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static Report Of(string file, StepResult<ContentAnalysis> result, bool synthetic) => new(
        file, synthetic, result.Value, result.Error is { } error ? new Failure(error.Kind, error.Message, error.RetryAfter?.TotalSeconds) : null, result.Receipt);

    /// <summary>The report of the one text that was asked about as an object, of several as a list, however many are done.</summary>
    public static string Write(IReadOnlyList<Report> reports, bool several) => several
        ? JsonSerializer.Serialize(reports, Json.IReadOnlyListReport)
        : JsonSerializer.Serialize(reports[0], Json.Report);

    public static string Write(IReadOnlyList<Split> splits) => JsonSerializer.Serialize(splits, Json.IReadOnlyListSplit);

    public static string Write(Spending spending) => JsonSerializer.Serialize(spending, Json.Spending);

    /// <param name="Synthetic">No money was spent: the sums are list prices.</param>
    /// <param name="Limit">In US dollars; absent for no limit.</param>
    /// <param name="Usage">What was used.</param>
    /// <param name="Alerts">The budget's alerts.</param>
    internal sealed record Spending(bool Synthetic, decimal? Limit, UsageReport Usage, IReadOnlyList<AlertList.Line> Alerts);

    internal sealed record Split(string File, IReadOnlyList<AnalysisPart> Parts);

    internal sealed record Report(string File, bool Synthetic, ContentAnalysis? Analysis, Failure? Error, StepReceipt Receipt);

    internal sealed record Failure(StepErrorKind Kind, string Message, double? RetryAfterSeconds);

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UseStringEnumConverter = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(IReadOnlyList<Report>))]
    [JsonSerializable(typeof(IReadOnlyList<Split>))]
    [JsonSerializable(typeof(Spending))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
