using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Structured.Schemas;

namespace DiscordIntel.Benchmarks;

/// <summary>The check of an answer of 12 properties against its schema, without the call around it, beside what System.Text.Json does with the same bytes.</summary>
[MemoryDiagnoser]
public partial class OneValidation
{
    // An optional member that is absent comes as a null, and is dropped: that writes the answer anew.
    private static readonly byte[] WithNull = Encoding.UTF8.GetBytes(OneAnalysis.Ticket);
    private static readonly byte[] Full = Encoding.UTF8.GetBytes(OneAnalysis.Ticket.Replace("\"note\":null", "\"note\":\"none\"", StringComparison.Ordinal));
    private StructuredSchema _schema = null!;

    [GlobalSetup]
    public void Setup()
    {
        if (!StructuredSchema.TryCompile(OneAnalysis.Schema, out StructuredSchema? schema, out _) || !schema.Validate(Full).IsValid || !schema.Validate(WithNull).IsValid)
        {
            throw new InvalidOperationException("The answers have to be lawful.");
        }

        _schema = schema;
    }

    [Benchmark]
    public JsonElement ParseElement() => JsonElement.Parse(Full);

    [Benchmark(Baseline = true)]
    public object Deserialize() => JsonSerializer.Deserialize(Full, TicketJson.Default.BugTicket)!;

    [Benchmark]
    public int Validate() => _schema.Validate(Full).Json.Length;

    [Benchmark]
    public int ValidateAndDropNull() => _schema.Validate(WithNull).Json.Length;

    internal sealed record BugTicket(
        string Title, int Severity, string Area, List<string> Steps, string Expected, string Actual, string Version, string Reporter, bool Reproducible, double Likelihood, List<string> Tags, string? Note);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(BugTicket))]
    internal sealed partial class TicketJson : JsonSerializerContext;
}
