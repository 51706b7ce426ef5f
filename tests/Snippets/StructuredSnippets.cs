using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace DiscordIntel.Snippets;

internal sealed partial class StructuredSnippets
{
    private const string GoodPoll = """{"question":"Pizza or pasta?","answers":["Pizza","Pasta"],"durationHours":null}""";

    #region structured-type
    public sealed record Poll
    {
        [Description("The question in one sentence.")]
        [StringLength(300, MinimumLength = 1)]
        public required string Question { get; init; }

        [MinLength(2), MaxLength(10)]
        public required List<string> Answers { get; init; }

        [Range(1, 168)]
        public int? DurationHours { get; init; }
    }
    #endregion

    #region structured-aot
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Poll))]
    internal sealed partial class BotJson : JsonSerializerContext;
    #endregion

    [Test]
    public async Task Generate()
    {
        StructuredOutputClient structured = Emulated.Client(EmulatorReply.Json(GoodPoll)).Structured;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region structured-generate
        StepResult<Poll> poll = await structured.GenerateAsync<Poll>("Make a poll about tonight's dinner.", scope, ct);
        #endregion

        Assert.That(poll.ValueOrThrow().Answers, Is.EqualTo(new[] { "Pizza", "Pasta" }));
    }

    [Test]
    public async Task GenerateAot()
    {
        StructuredOutputClient structured = Emulated.Client(EmulatorReply.Json(GoodPoll)).Structured;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region structured-generate-aot
        StepResult<Poll> poll = await structured.GenerateAsync(
            StructuredRequest.Of("Make a poll about tonight's dinner."), BotJson.Default.Poll, scope, ct);
        #endregion

        Assert.That(poll.ValueOrThrow().DurationHours, Is.Null);
    }

    [Test]
    public async Task GenerateFromSchema()
    {
        StructuredOutputClient structured = Emulated.Client(EmulatorReply.Json("""{"title":"Patch day","severity":3,"tags":null}""")).Structured;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region structured-schema
        JsonElement schema = JsonElement.Parse(
            """
            {
              "type": "object",
              "properties": {
                "title": { "type": "string", "maxLength": 80 },
                "severity": { "type": "integer", "minimum": 1, "maximum": 5 },
                "tags": { "type": "array", "items": { "type": "string" } }
              },
              "required": ["title", "severity"]
            }
            """);
        StepResult<JsonElement> report = await structured.GenerateAsync(StructuredRequest.Of("Sum up this bug report: ..."), schema, scope, ct);
        #endregion

        Assert.That(report.ValueOrThrow().TryGetProperty("tags", out _), Is.False);
    }
}
