using System.Reflection;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

[TestFixture]
internal sealed class CacheKeyWriterTests
{
    private static readonly Dictionary<string, object> OptionSamples = new()
    {
        [nameof(ChatOptions.AdditionalProperties)] = new AdditionalPropertiesDictionary { ["strict"] = true },
        [nameof(ChatOptions.AllowBackgroundResponses)] = true,
        [nameof(ChatOptions.AllowMultipleToolCalls)] = false,
        [nameof(ChatOptions.ContinuationToken)] = ResponseContinuationToken.FromBytes(new byte[] { 1 }),
        [nameof(ChatOptions.ConversationId)] = "c",
        [nameof(ChatOptions.FrequencyPenalty)] = 0f,
        [nameof(ChatOptions.Instructions)] = "",
        [nameof(ChatOptions.MaxOutputTokens)] = 0,
        [nameof(ChatOptions.ModelId)] = "m2",
        [nameof(ChatOptions.PresencePenalty)] = 0f,
        [nameof(ChatOptions.RawRepresentationFactory)] = (Func<IChatClient, object?>)(_ => null),
        [nameof(ChatOptions.Reasoning)] = new ReasoningOptions(),
        [nameof(ChatOptions.ResponseFormat)] = ChatResponseFormat.Text,
        [nameof(ChatOptions.Seed)] = 0L,
        [nameof(ChatOptions.StopSequences)] = new List<string> { "" },
        [nameof(ChatOptions.Temperature)] = 0.25f,
        [nameof(ChatOptions.ToolMode)] = ChatToolMode.None,
        [nameof(ChatOptions.Tools)] = new List<AITool> { AIFunctionFactory.Create(() => 1, "f") },
        [nameof(ChatOptions.TopK)] = 0,
        [nameof(ChatOptions.TopP)] = 0f,
        [nameof(IntelChatOptions.Model)] = new ModelInfo { Id = "m" },
        [nameof(IntelChatOptions.ReasoningEffort)] = "",
    };

    // Scope: the tenant is a part of its own, and the user's pseudonym does not shape an answer.
    private static IEnumerable<PropertyInfo> OptionProperties =>
        typeof(IntelChatOptions).GetProperties().Where(property => property.CanWrite && property.Name != nameof(IntelChatOptions.Scope));

    // From the class itself: an option that a later package adds fails here until the writer knows it.
    [TestCaseSource(nameof(OptionProperties))]
    public void TryWrite_OneOptionSet_ChangesTheKeyOrLeavesNone(PropertyInfo property)
    {
        IntelChatOptions options = Chat();
        property.SetValue(options, OptionSamples[property.Name]);
        Assert.That(Key(Parts() with { Options = options }), Is.Not.EqualTo(Key(Parts())));
    }

    [Test]
    public void TryWrite_EmptyCollections_AreAsGoodAsNone()
    {
        IntelChatOptions options = Chat();
        (options.AdditionalProperties, options.StopSequences, options.Tools) = ([], [], []);
        Assert.That(Key(Parts() with { Options = options }), Is.EqualTo(Key(Parts())).And.Not.Null);
    }

    [Test]
    public void TryWrite_OptionsOfAnotherKind_HasNoKey() => Assert.That(Key(Parts() with { Options = new ChatOptions { ModelId = "m" } }), Is.Null);

    private static readonly ModelInfo Known = new() { Id = "m", MaxOutputTokens = 10, StructuredOutputs = true, ReasoningEfforts = ["low"], Temperature = TemperatureSupport.Any };

    private static IEnumerable<ModelInfo> OtherKnowledge =>
    [
        Known with { MaxOutputTokens = 11 }, Known with { MaxOutputTokens = null }, Known with { StructuredOutputs = null }, Known with { StructuredOutputs = false },
        Known with { ReasoningEfforts = [] }, Known with { ReasoningEfforts = ["low", "high"] }, Known with { Temperature = TemperatureSupport.Fixed },
    ];

    [TestCaseSource(nameof(OtherKnowledge))]
    public void TryWrite_CatalogueThatShapesTheRequestAnew_ChangesTheKey(ModelInfo other) => Assert.That(Key(With(other)), Is.Not.EqualTo(Key(With(Known))).And.Not.Null);

    private static CacheKeyParts With(ModelInfo model) => Parts() with { Options = new IntelChatOptions { ModelId = "m", Model = model } };

    private static IEnumerable<ChatResponseFormat?> Formats =>
    [
        null, ChatResponseFormat.Text, ChatResponseFormat.Json, Format("{}"), Format("{}", null), Format("{}", ""), Format("{}", "answer2"), Format("{}", "answer", "d"),
        Format("{}", null, "answer"), Format("{ }"), Format("""{"a":1}"""), Format("""{"a":2}"""), Format("\"" + new string('x', 5000) + "\""), Format("\"" + new string('x', 5001) + "\""),
    ];

    [Test]
    public void TryWrite_EachFormat_HasItsOwnKey()
    {
        CacheKey?[] keys = [.. Formats.Select(format => Key(Parts() with { Options = new IntelChatOptions { ModelId = "m", ResponseFormat = format } }))];
        Assert.That(keys, Is.Unique.And.None.Null);
    }

    private static IEnumerable<ChatMessage> UnknownMessages =>
    [
        new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]),
        new(ChatRole.User, [new TextContent("a"), new UriContent("https://example.org/a.png", "image/png")]),
        new(ChatRole.User, [new TextReasoningContent("a")]),
        new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]),
        new(ChatRole.User, [new TextContent("a") { RawRepresentation = 1 }]),
        new(ChatRole.User, [new TextContent("a") { AdditionalProperties = new() { ["a"] = 1 } }]),
        new(ChatRole.User, [new TextContent("a") { Annotations = [new CitationAnnotation()] }]),
        new(ChatRole.User, "a") { RawRepresentation = 1 },
        new(ChatRole.User, "a") { AdditionalProperties = new() { ["a"] = 1 } },
        new OwnMessage(),
    ];

    [TestCaseSource(nameof(UnknownMessages))]
    public void TryWrite_MessageThatHoldsAnythingUnknown_HasNoKey(ChatMessage message) =>
        Assert.That(Key(Parts(new ChatMessage(ChatRole.System, "s"), message)), Is.Null);

    [Test]
    public void TryWrite_WhenItWasMade_DoesNotReachTheModel() => Assert.That(
        Key(Parts(new ChatMessage(ChatRole.User, "a") { CreatedAt = DateTimeOffset.UnixEpoch })), Is.EqualTo(Key("a")));

    // Around the buffer's size: what is hashed in one go and what goes through it in pieces must not meet, nor lose a byte at the border.
    [Test]
    public void TryWrite_LengthsAroundTheBuffer_AreAllDifferentAndRepeatable([Values("x", "я", "\ud83d\ude00", "\ud800")] string unit)
    {
        string[] texts = [.. Enumerable.Range(3600 / unit.Length, 600).Select(count => string.Concat(Enumerable.Repeat(unit, count)))];
        CacheKey[] keys = [.. texts.Select(Key)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys, Is.Unique);
            Assert.That(texts.Select(text => Key(text + "y")).Concat(keys), Is.Unique);
            Assert.That(texts.Select(Key), Is.EqualTo(keys));
        }
    }

    [Test]
    public void TryWrite_ShortCall_AllocatesNothing()
    {
        CacheKeyParts parts = Parts(new ChatMessage(ChatRole.User, new string('x', 1000))) with { Nonce = "<<<1>>>" };
        Key(parts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Key(parts);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class OwnMessage() : ChatMessage(ChatRole.User, "a");
}
