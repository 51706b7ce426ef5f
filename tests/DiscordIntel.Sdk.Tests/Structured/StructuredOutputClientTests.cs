using System.Text.Json;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

internal sealed class StructuredOutputClientTests : ClientFixture
{
    private StructuredOutputClient Client => Get<StructuredOutputClient>();

    [Test]
    public async Task GenerateAsync_TypeByReflection_ReadsTheAnswerAndSendsAStrictSchema()
    {
        Emulator.Enqueue(Completion(Ruling.Lawful));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.ValueOrThrow(), Is.EqualTo(new Ruling { Winner = "Mara", Score = 8, Margin = Margin.Clear }));
        Assert.That((result.Receipt.Attempts, result.Receipt.InputTokens, result.Receipt.OutputTokens), Is.EqualTo((1, 100L, 10L)));
        JsonElement format = Emulator.Requests[0].Body.GetProperty("response_format");
        JsonElement schema = format.GetProperty("json_schema").GetProperty("schema");
        Assert.That(format.GetProperty("json_schema").GetProperty("strict").GetBoolean(), Is.True);
        Assert.That(format.GetProperty("json_schema").GetProperty("name").GetString(), Is.EqualTo("Ruling"));
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
        Assert.That(
            schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()),
            Is.EqualTo(new[] { "winner", "score", "margin", "note", "weight" }));
    }

    [Test]
    public async Task GenerateAsync_EmulatorWithoutScript_FitsTheType()
    {
        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Mara spoke well. Jonas did not.", Scope);

        Assert.That(result.ValueOrThrow().Score, Is.InRange(0, 10));
        Assert.That(result.Receipt.Model, Is.EqualTo("gpt-6-luna"));
        Assert.That(result.Receipt.Cost, Is.GreaterThan(0));
        Assert.That(result.Receipt.CostIsEstimated, Is.False);
    }

    [Test]
    public async Task GenerateAsync_SourceGeneratedType_UsesItsNamesAndNothingElse()
    {
        Emulator.Enqueue(Completion("""{"winner":"Jonas","score":3,"margin":"Narrow","note":"close","weight":1}"""));

        StepResult<Ruling> result = await Client.GenerateAsync(StructuredRequest.Of("Who won?"), RulingJson.Default.Ruling, Scope);

        Assert.That(result.ValueOrThrow(), Is.EqualTo(new Ruling { Winner = "Jonas", Score = 3, Margin = Margin.Narrow, Note = "close", Weight = 1 }));
    }

    [Test]
    public async Task GenerateAsync_OptionalMembersAnsweredNull_KeepTheirDefaults()
    {
        Emulator.Enqueue(Completion(Ruling.Lawful));

        Ruling ruling = (await Client.GenerateAsync<Ruling>("Who won?", Scope)).ValueOrThrow();

        Assert.That((ruling.Note, ruling.Weight), Is.EqualTo(((string?)null, 7)));
    }

    [Test]
    public async Task GenerateAsync_GivenSchema_IsMadeLawfulAndItsLimitsAreKept()
    {
        JsonElement schema = JsonElement.Parse("""
            {
              "name": "debate_analysis",
              "type": "object",
              "properties": {
                "summary": { "type": "string", "maxLength": 20 },
                "topic": { "type": "string" }
              },
              "required": ["summary"]
            }
            """);
        Emulator.Enqueue(
            Completion("""{"summary":"This is far longer than twenty characters.","topic":null}"""),
            Completion("""{"summary":"Short.","topic":null}"""));

        StepResult<JsonElement> result = await Client.GenerateAsync(StructuredRequest.Of("Sum it up."), schema, Scope);

        Assert.That(result.ValueOrThrow().GetRawText(), Is.EqualTo("""{"summary":"Short."}"""), "the null of an optional member is dropped");
        JsonElement sent = Emulator.Requests[0].Body.GetProperty("response_format").GetProperty("json_schema");
        Assert.That(sent.GetProperty("name").GetString(), Is.EqualTo("debate_analysis"));
        Assert.That(sent.GetProperty("schema").GetProperty("required").GetArrayLength(), Is.EqualTo(2));
        Assert.That(sent.GetProperty("schema").GetProperty("additionalProperties").GetBoolean(), Is.False);
        Assert.That(sent.GetRawText(), Does.Not.Contain("maxLength").And.Contains("20 characters"));
        Assert.That(Message(1, -1, "user"), Does.Contain("$.summary").And.Contains("20"));
    }

    [TestCase("My schema: v1!", "My_schema__v1_")]
    [TestCase("  plain  ", "plain")]
    [TestCase("???", "Ruling")]
    [TestCase("", "Ruling")]
    public async Task GenerateAsync_SchemaName_IsMadeLawful(string given, string sent)
    {
        var request = StructuredRequest.Of("Who won?") with { SchemaName = given, SchemaDescription = "A ruling." };

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>(request, Scope);

        Assert.That(result.IsSuccess, Is.True);
        JsonElement format = Emulator.Requests[0].Body.GetProperty("response_format").GetProperty("json_schema");
        Assert.That(format.GetProperty("name").GetString(), Is.EqualTo(sent));
        Assert.That(format.GetProperty("description").GetString(), Is.EqualTo("A ruling."));
    }

    [Test]
    public async Task GenerateAsync_LongSchemaName_IsCutTo64()
    {
        await Client.GenerateAsync<Ruling>(StructuredRequest.Of("Who won?") with { SchemaName = new string('n', 300) }, Scope);

        Assert.That(
            Emulator.Requests.Single().Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString(), Has.Length.EqualTo(64));
    }

    [Test]
    public async Task GenerateAsync_SwitchedOff_IsFeatureDisabledWithoutARequest()
    {
        Configure(options => options.Features.StructuredOutputs = false);

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(result.Error!.Message, Does.Contain("ENABLE_OPENAI_STRUCTURED_OUTPUTS"));
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [TestCase("")]
    [TestCase(" \n ")]
    public async Task GenerateAsync_EmptyPrompt_IsInvalidRequestWithoutARequest(string prompt)
    {
        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>(prompt, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public void GenerateAsync_NullArguments_Throw()
    {
        StructuredRequest request = StructuredRequest.Of("Who won?");
        Assert.That(() => Client.GenerateAsync<Ruling>((string)null!, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync<Ruling>((StructuredRequest)null!, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync<Ruling>("Who won?", null!), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync(request, RulingJson.Default.Ruling, null!), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync(null!, RulingJson.Default.Ruling, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync<Ruling>(request, null!, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.GenerateAsync(null!, JsonElement.Parse("{}"), Scope), Throws.ArgumentNullException);
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public void GenerateAsync_CancelledBefore_ThrowsWithoutARequest()
    {
        Assert.That(async () => await Client.GenerateAsync<Ruling>("Who won?", Scope, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public async Task GenerateAsync_OwnGeneration_IsSent()
    {
        var request = new StructuredRequest
        {
            Messages = [new ChatMessage(ChatRole.System, "Be fair."), new ChatMessage(ChatRole.User, "Who won?")],
            Generation = new GenerationOptions { MaxOutputTokens = 123 },
        };

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>(request, Scope);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Emulator.Requests[0].Body.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(123));
        Assert.That(Message(0, 0, "system"), Is.EqualTo("Be fair."));
    }

    [Test]
    public async Task GenerateAsync_ManyAtOnce_EachGetsItsOwn()
    {
        StepResult<Ruling>[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Client.GenerateAsync<Ruling>($"Speaker {i} speaks.", Scope)));

        Assert.That(results.Select(result => result.ValueOrThrow().Winner), Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"Speaker {i} speaks.")));
    }
}
