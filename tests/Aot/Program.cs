using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DiscordIntel;
using DiscordIntel.Analysis;
using DiscordIntel.Aot;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;

// Every client once, from the container down to the wire.
Environment.SetEnvironmentVariable("DiscordIntel__Models__Catalog__0__Id", "house-model");
Environment.SetEnvironmentVariable("DiscordIntel__UserMessages__Refused", "No.");
var emulator = new OpenAIEmulator();
var services = new ServiceCollection();
services.AddDiscordIntel().UseEmulator(emulator);
await using ServiceProvider provider = services.BuildServiceProvider();
DiscordIntelClient intel = provider.GetRequiredService<DiscordIntelClient>();
IntelScope scope = IntelScope.Guild(1, 2, 3);

StepResult<string> text = await intel.Text.CompleteAsync("Say something about native code.", scope);
StepResult<Verdict> verdict = await intel.Structured.GenerateAsync(
    StructuredRequest.Of("Native code starts fast. It has no reflection to lean on."), AotJson.Default.Verdict, scope);
StepResult<ContentAnalysis> analysis = await intel.Analysis.AnalyzeAsync("Ann: It starts fast. Bob: It took long to build.", AnalysisKind.Debate, scope);
emulator.Always(EmulatorReply.Refusal("no"));
StepResult<string> refused = await intel.Text.CompleteAsync("Now refuse.", scope);

// The limits stand in the schema only if the attributes survived trimming.
bool limited = emulator.Requests[1].RawBody.Contains("\"maximum\":10", StringComparison.Ordinal)
    && emulator.Requests[2].RawBody.Contains("\"maxItems\":5", StringComparison.Ordinal);
bool good = text.IsSuccess && verdict.IsSuccess && analysis.IsSuccess && limited && refused.Error?.UserMessage == "No.";
Console.WriteLine($"text {text.IsSuccess}, structured {verdict.IsSuccess}, analysis {analysis.IsSuccess}, limits {limited}, refusal \"{refused.Error?.UserMessage}\"");
Console.WriteLine(good ? "AOT OK" : $"AOT FAILED: {text.Error} {verdict.Error} {analysis.Error}");
return good ? 0 : 1;

namespace DiscordIntel.Aot
{
    internal sealed record Verdict
    {
        public required string Text { get; init; }

        [Range(0, 10)]
        public required int Score { get; init; }
    }

    [JsonSerializable(typeof(Verdict))]
    internal sealed partial class AotJson : JsonSerializerContext;
}
