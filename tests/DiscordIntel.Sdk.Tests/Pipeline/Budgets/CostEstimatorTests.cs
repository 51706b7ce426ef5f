using System.Buffers;
using System.Text;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Tests.Providers.Wire;
using DiscordIntel.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class CostEstimatorTests
{
    private const string Luna = RoadAnswer.Model;

    // The frame that OpenAI documents: 3 to 4 tokens a message, 3 for the start of the answer.
    private const int FrameTokens = 4;

    private static readonly string[] Priced =
        [.. ModelCatalog.Default.Models.Where(model => model.Kind == "chat" && BudgetCall.PriceOf(model.Id) is { Input: not null, Output: not null }).Select(model => model.Id)];

    private static readonly string[] Pieces =
        ["a", "word ", "é", "e\u0301", "漢字", "カナ", "한국", "🙂", "👩‍👩‍👧‍👦", "🇩🇪", "\ud83d", "\ude00", "\0", "\u200b", "\"", "\\", "\n", "<|endoftext|>", "\ufffd", "\u2028", "ﷺ", "\U0001F1E9"];

    /// <summary>The counterpart: what really goes over the wire, read back, at one token a byte, the most that a byte-level vocabulary makes of it.</summary>
    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Texts)])]
    public bool InputTokens_AnyTexts_AreNeverFewerThanTheBytesOnTheWire(Text[] texts, bool withSchema)
    {
        CallContext context = BudgetCall.To("not-in-the-catalogue", [.. texts.Select(text => Message(text.Parts))], format: withSchema ? Schema(texts.FirstOrDefault()?.Parts.FirstOrDefault()) : null);
        JsonElement body = Body(context);
        long most = FrameTokens;
        if (withSchema)
        {
            JsonElement format = body.GetProperty("response_format").GetProperty("json_schema");
            most += Strings(format.GetProperty("schema")) + Strings(format.GetProperty("name")) + (format.TryGetProperty("description", out JsonElement description) ? Strings(description) : 0);
        }

        foreach (JsonElement message in body.GetProperty("messages").EnumerateArray())
        {
            JsonElement content = message.GetProperty("content");
            most += FrameTokens + (content.ValueKind is JsonValueKind.Array ? content.EnumerateArray().Sum(part => Said(part.GetProperty("text"))) : Said(content));
        }

        return CostEstimator.InputTokens(context) >= most;
    }

    /// <summary>Whatever part of it came out of a cache or went into one, on whatever tier, for whatever model: within the counts, no bill is above the bound.</summary>
    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public bool Bound_AnyUsageWithinTheCounts_IsNeverBelowTheCost(NonNegativeInt pick, NonNegativeInt length, uint shareOfInput, uint cached, uint written, uint shareOfOutput, byte tier)
    {
        string model = Priced[pick.Get % Priced.Length];

        // Also beyond the border of long contexts.
        CallContext context = BudgetCall.To(model, new string('x', length.Get % 3 == 0 ? length.Get * 20_000 % 1_200_000 : length.Get));
        ModelPrice price = BudgetCall.PriceOf(model);
        long input = Share(CostEstimator.InputTokens(context)!.Value, shareOfInput);
        long fromCache = Share(input, cached);
        long? cost = price.CostInNanoUsd(new BillableUsage
        {
            Input = input,
            CachedInput = fromCache,
            CacheWrite = Share(input - fromCache, written),
            Output = Share(CostEstimator.OutputTokens(context), shareOfOutput),
            ServiceTier = (tier % 4) switch { 0 => null, 1 => "flex", 2 => "priority", _ => "default" },
        });

        // A tier without a price has no cost: the bound itself is booked then.
        return CostEstimator.Bound(context, price) is { } bound && (cost ?? 0) <= bound;
    }

    [Test]
    public void Bound_Priced_CoversEveryModel() => Assert.That(Priced, Has.Length.GreaterThan(15));

    [Test]
    public void Bytes_LoneSurrogate_CountsTheReplacementThatIsSent() =>
        Assert.That((CostEstimator.Bytes("\ud83d"), CostEstimator.Bytes("漢"), CostEstimator.Bytes("🙂"), CostEstimator.Bytes(null)), Is.EqualTo((3L, 3L, 4L, 0L)));

    [Test]
    public void InputTokens_ContentOfUnknownSize_AreUnknown() =>
        Assert.That(CostEstimator.InputTokens(BudgetCall.To(Luna, [new ChatMessage(ChatRole.User, [new TextContent("Look"), new DataContent(new byte[] { 1 }, "audio/wav")])])), Is.Null);

    [TestCase("gpt-6-luna", "high", 3_000)]
    [TestCase("gpt-6-luna", "low", 3_000)]
    [TestCase("not-in-the-catalogue", "high", 48_169)]
    [TestCase("gpt-6-luna", "auto", null)]
    public void InputTokens_Image_AreTheMostOfItsDetail(string model, string detail, int? most)
    {
        var image = new UriContent("https://example.org/a.png", "image/png") { AdditionalProperties = new() { ["detail"] = detail } };
        long? without = CostEstimator.InputTokens(BudgetCall.To(model, [new ChatMessage(ChatRole.User, [new TextContent("Look")])]));

        Assert.That(CostEstimator.InputTokens(BudgetCall.To(model, [new ChatMessage(ChatRole.User, [new TextContent("Look"), image])])), Is.EqualTo(without + most));
    }

    /// <summary>Names, descriptions, schemas, arguments and results all go over the wire, and all are read by the model.</summary>
    [Test]
    public void InputTokens_ToolRound_AreNeverFewerThanItsBytes()
    {
        ChatMessage[] round =
        [
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant, [new TextReasoningContent(null) { ProtectedData = new string('g', 500) }, new FunctionCallContent("call_1", "get_weather") { RawRepresentation = """{"city":"Brno"}""" }]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", new string('é', 300))]),
        ];
        long? plain = CostEstimator.InputTokens(BudgetCall.To("not-in-the-catalogue", round));
        long? offered = CostEstimator.InputTokens(BudgetCall.To("not-in-the-catalogue", round, ToolSamples.Tools));

        Assert.That(plain, Is.GreaterThanOrEqualTo(8 + 500 + 6 + 11 + 15 + 6 + 600));
        Assert.That(offered - plain, Is.GreaterThanOrEqualTo(ToolSamples.Tools.OfType<AIFunctionDeclaration>().Sum(tool => tool.Name.Length + tool.Description.Length + tool.JsonSchema.GetRawText().Length)));
    }

    [Test]
    public void InputTokens_BeyondTheContextWindow_EndThere() =>
        Assert.That(CostEstimator.InputTokens(BudgetCall.To("gpt-4o", new string('x', 500_000))), Is.EqualTo(128_000));

    [TestCase(null, 4_000)]
    [TestCase(100, 100)]
    [TestCase(999_999, 128_000)]
    public void OutputTokens_Known_AreWhatIsSent(int? asked, int expected)
    {
        CallContext context = BudgetCall.To(Luna, [new ChatMessage(ChatRole.User, "Hi")], (asked is null ? new GenerationOptions() : new GenerationOptions { MaxOutputTokens = asked }).Over(GenerationOptions.Defaults));

        Assert.That(CostEstimator.OutputTokens(context), Is.EqualTo(expected));
        Assert.That(Body(context).GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(expected));
    }

    [Test]
    public void Bound_NoPriceOrAPartOfIt_IsUnknown()
    {
        CallContext context = BudgetCall.To(Luna, "Hi");

        Assert.That(CostEstimator.Bound(context, null), Is.Null);
        Assert.That(CostEstimator.Bound(context, new ModelPrice { Input = 1 }), Is.Null);
        Assert.That(CostEstimator.Bound(context, new ModelPrice { Output = 1 }), Is.Null);
        Assert.That(CostEstimator.Bound(context, new ModelPrice { Input = 0, Output = 0 }), Is.Zero);
    }

    /// <summary>A price and a length that are lawful, and a product that no ledger counts.</summary>
    [Test]
    public void Bound_BeyondWhatALedgerCounts_EndsThere()
    {
        CallContext context = BudgetCall.To(
            "own", [new ChatMessage(ChatRole.User, "Hi")], new GenerationOptions { MaxOutputTokens = int.MaxValue }, null, new ModelOverride { Id = "own", InputPrice = 1_000_000, OutputPrice = 1_000_000 });

        Assert.That(CostEstimator.Bound(context, Billing.PriceOf(context, "own")), Is.EqualTo(BudgetLine.MaxNanoUsd));
    }

    private static long Share(long all, uint share) => (long)((decimal)all * share / uint.MaxValue);

    private static ChatMessage Message(string[] parts) => new(ChatRole.User, [.. parts.Select(part => new TextContent(part))]);

    private static ChatResponseFormatJson Schema(string? word)
    {
        string title = JsonSerializer.Serialize(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word ?? "")));
        return ChatResponseFormat.ForJsonSchema(JsonElement.Parse($$"""{"type":"object","description":{{title}},"properties":{"größe":{"type":"string","enum":[{{title}},"漢"]} } }"""), "answer", word);
    }

    private static JsonElement Body(CallContext context)
    {
        var options = new IntelChatOptions { ModelId = context.Model, Model = context.KnownModel, MaxOutputTokens = context.Generation.MaxOutputTokens, ResponseFormat = context.Call.Format };
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        ChatRequestWriter.Write(json, context.Call.Messages, options, RequestShape.For(options), "", stream: false);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static long Said(JsonElement text) => Encoding.UTF8.GetByteCount(text.GetString()!);

    /// <summary>The bytes of every name and value, and of the signs between them.</summary>
    private static long Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetByteCount(element.GetString()!) + 2,
        JsonValueKind.Array => 2 + element.EnumerateArray().Sum(item => Strings(item) + 1),
        JsonValueKind.Object => 2 + element.EnumerateObject().Sum(member => Encoding.UTF8.GetByteCount(member.Name) + 4 + Strings(member.Value)),
        _ => element.GetRawText().Length,
    };

    internal sealed record Text(string[] Parts)
    {
        public override string ToString() => string.Join(" | ", Parts.Select(part => string.Concat(part.Select(letter => $"\\u{(int)letter:x4}"))));
    }

    internal static class Texts
    {
        public static Arbitrary<Text> Any() => Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces)).ArrayOf().Select(parts => new Text(parts)).ToArbitrary();
    }
}
