using System.Text.Json;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

[TestFixture]
internal sealed class SecondValidatorTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"day":{"type":"string","format":"date"},"note":{"type":"string"}},"required":["day"]}""");

    [Test]
    public async Task GenerateAsync_IssueOfTheHostsValidator_IsAskedAgainAndTold()
    {
        var emulator = new OpenAIEmulator().Enqueue(EmulatorReply.Json("""{"day":"someday","note":null}"""), EmulatorReply.Json("""{"day":"2026-11-23","note":null}"""));
        var second = new Dates();
        await using ServiceProvider services = Services(emulator, second);

        StepResult<JsonElement> result = await services.GetRequiredService<StructuredOutputClient>()
            .GenerateAsync(StructuredRequest.Of("When?"), Schema, IntelScope.DirectMessage(1));

        Assert.That(result.ValueOrThrow().GetProperty("day").GetString(), Is.EqualTo("2026-11-23"));
        Assert.That(emulator.Requests[1].RawBody, Does.Contain("$.day: it is no date"));
        Assert.That(second.Seen, Has.All.Matches<(JsonElement Schema, JsonElement Answer)>(
            seen => JsonElement.DeepEquals(seen.Schema, Schema) && !seen.Answer.TryGetProperty("note", out _)));
    }

    [Test]
    public async Task GenerateAsync_AnswerThatFailsTheBuiltInCheck_IsNotShownToTheHost()
    {
        var emulator = new OpenAIEmulator().Always(EmulatorReply.Json("""{"day":7}"""));
        var second = new Dates();
        await using ServiceProvider services = Services(emulator, second);

        StepResult<JsonElement> result = await services.GetRequiredService<StructuredOutputClient>()
            .GenerateAsync(StructuredRequest.Of("When?"), Schema, IntelScope.DirectMessage(1));

        Assert.That((result.Error?.Kind, second.Seen.Count), Is.EqualTo((StepErrorKind.InvalidResponse, 0)));
    }

    [Test]
    public async Task Message_OfAnAnswerThatTheHostRefuses_HoldsThePlaceAlone()
    {
        var emulator = new OpenAIEmulator().Always(EmulatorReply.Json("""{"day":"kestrel","note":null}"""));
        await using ServiceProvider services = Services(emulator, new Dates());

        StepResult<JsonElement> result = await services.GetRequiredService<StructuredOutputClient>()
            .GenerateAsync(StructuredRequest.Of("When?"), Schema, IntelScope.DirectMessage(1));

        Assert.That(result.Error?.Message, Is.EqualTo("The answer does not fit its schema. $.day: the host's validator refuses it."));
    }

    private static ServiceProvider Services(OpenAIEmulator emulator, IJsonSchemaValidator second)
    {
        var services = new ServiceCollection();
        services.AddSingleton(second);
        services.AddDiscordIntel().UseEmulator(emulator);
        return services.BuildServiceProvider();
    }

    private sealed class Dates : IJsonSchemaValidator
    {
        public List<(JsonElement Schema, JsonElement Answer)> Seen { get; } = [];

        public IReadOnlyList<string> Validate(JsonElement schema, JsonElement answer)
        {
            Seen.Add((schema.Clone(), answer.Clone()));
            return DateOnly.TryParseExact(answer.GetProperty("day").GetString(), "yyyy-MM-dd", out _) ? [] : ["$.day: it is no date"];
        }
    }
}
