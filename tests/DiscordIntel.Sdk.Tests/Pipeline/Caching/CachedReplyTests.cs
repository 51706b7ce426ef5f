using System.Text.Json;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

[TestFixture]
internal sealed class CachedReplyTests
{
    [Test]
    public void ToResponse_OurReply_SaysWhatTheReplySaidAndCostsNothing()
    {
        ChatResponse reply = Response("yes");
        (reply.ModelId, reply.ResponseId) = ("m-1", "id-1");
        reply.Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2, TotalTokenCount = 3, CachedInputTokenCount = 4, ReasoningTokenCount = 5, AdditionalCounts = new() { ["n"] = 6 } };
        reply.RawRepresentation = new ReplyDetails { Cost = 1, RequestId = "r", CacheWriteTokens = 7, Adjustments = ["dropped"] };

        ChatResponse again = CachedReply.Of(reply)!.ToResponse();
        var details = (ReplyDetails)again.RawRepresentation!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((again.Text, again.FinishReason, again.ModelId, again.ResponseId), Is.EqualTo(("yes", (ChatFinishReason?)ChatFinishReason.Stop, "m-1", "id-1")));
            Assert.That(again.Messages.Single().Role, Is.EqualTo(ChatRole.Assistant));
            Assert.That(
                (again.Usage!.InputTokenCount, again.Usage.OutputTokenCount, again.Usage.TotalTokenCount, again.Usage.CachedInputTokenCount, again.Usage.ReasoningTokenCount),
                Is.EqualTo(((long?)1, (long?)2, (long?)3, (long?)4, (long?)5)));
            Assert.That(again.Usage.AdditionalCounts, Is.EqualTo(new Dictionary<string, long> { ["n"] = 6 }));
            Assert.That((details.Cost, details.RequestId, details.CacheWriteTokens), Is.EqualTo(((decimal?)0, (string?)null, 0L)));
            Assert.That(details.Adjustments, Is.EqualTo(new[] { "dropped" }));
        }
    }

    [Test]
    public void ToResponse_BareReply_LeavesUnknownUnknown()
    {
        ChatResponse again = CachedReply.Of(new ChatResponse(new ChatMessage(ChatRole.Assistant, "yes")))!.ToResponse();
        Assert.That((again.FinishReason, again.ModelId, again.ResponseId, again.Usage), Is.EqualTo(((ChatFinishReason?)null, (string?)null, (string?)null, (UsageDetails?)null)));
    }

    [Test]
    public void ToResponse_ReaderWhoChangesIt_ChangesNobodyElses()
    {
        ChatResponse given = Response("yes");
        given.Usage = new UsageDetails { InputTokenCount = 1, AdditionalCounts = new() { ["n"] = 1 } };
        CachedReply kept = CachedReply.Of(given)!;
        Spoil(given);
        Spoil(kept.ToResponse());
        ChatResponse again = kept.ToResponse();
        Assert.That((again.Text, again.Usage!.InputTokenCount, again.Usage.AdditionalCounts!["n"]), Is.EqualTo(("yes", (long?)1, 1L)));

        static void Spoil(ChatResponse response)
        {
            ((TextContent)response.Messages[0].Contents[0]).Text = "no";
            response.Messages.Add(new ChatMessage(ChatRole.Assistant, "no"));
            response.Usage!.InputTokenCount = 2;
            response.Usage.AdditionalCounts!["n"] = 2;
        }
    }

    [Test]
    public void ToResponse_SeveralTextsAndThoughts_ReadsTheSameWithoutTheThoughts()
    {
        ChatResponse reply = new([
            new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("a"), new TextContent("b")]),
            new ChatMessage(ChatRole.Assistant, "c"),
        ]);
        ChatResponse again = CachedReply.Of(reply)!.ToResponse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Text, Is.EqualTo(reply.Text));
            Assert.That(again.Messages.Single().Contents, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void ToResponse_Refusal_IsTheSameVerdict()
    {
        ChatResponse reply = Response(new ErrorContent("I would rather not.") { ErrorCode = "refusal" });
        ChatResponse again = CachedReply.Of(reply)!.ToResponse();
        Assert.That(ReplyVerdict.Of(again), Is.EqualTo(ReplyVerdict.Of(reply)).And.Not.Null);
    }

    [Test]
    public void ToResponse_FunctionCalls_KeepTheirArguments()
    {
        FunctionCallContent[] calls;
        using (var document = JsonDocument.Parse("""{"a":[1]}"""))
        {
            var arguments = new Dictionary<string, object?> { ["s"] = "x", ["n"] = 1, ["z"] = null, ["j"] = document.RootElement };
            CachedReply kept = CachedReply.Of(Response(
                new FunctionCallContent("1", "f", arguments), new FunctionCallContent("2", "g") { RawRepresentation = "{\"q\":1}" }))!;
            arguments["s"] = "changed";
            kept.ToResponse().Messages[0].Contents.OfType<FunctionCallContent>().First().Arguments!.Clear();
            calls = [.. kept.ToResponse().Messages[0].Contents.Cast<FunctionCallContent>()];
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls.Select(call => (call.CallId, call.Name, call.RawRepresentation)), Is.EqualTo(new[] { ("1", "f", (object?)null), ("2", "g", "{\"q\":1}") }));
            Assert.That((calls[0].Arguments!["s"], calls[0].Arguments!["n"], calls[0].Arguments!["z"]), Is.EqualTo(("x", 1, (object?)null)));
            Assert.That(((JsonElement)calls[0].Arguments!["j"]!).GetRawText(), Is.EqualTo("""{"a":[1]}"""), "the element outlives its document");
            Assert.That(calls[1].Arguments, Is.Null);
        }
    }

    private static IEnumerable<ChatResponse> NotKept =>
    [
        Response(new TextContent("a"), new DataContent(new byte[] { 1 }, "image/png")),
        Response(new UriContent("https://example.org/a.png", "image/png")),
        Response(new TextContent("a") { Annotations = [new CitationAnnotation()] }),
        Response(new ErrorContent("broken") { ErrorCode = "other" }),
        Response(new ErrorContent("no") { ErrorCode = "Refusal", Details = "more" }),
        Response(new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["o"] = new object() })),
        Response(new FunctionCallContent("1", "f") { Exception = new FormatException() }),
        Response(new FunctionResultContent("1", "f")),
        new(new ChatMessage(ChatRole.User, "a")),
        new(new ChatMessage(ChatRole.Assistant, "a")) { ConversationId = "c" },
        new(new ChatMessage(ChatRole.Assistant, "a")) { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) },
    ];

    [TestCaseSource(nameof(NotKept))]
    public void Of_ReplyThatHoldsWhatCannotBeKept_IsNull(ChatResponse reply) => Assert.That(CachedReply.Of(reply), Is.Null);

    [TestCase("the marker <<<1>>> says", false)]
    [TestCase("the marker <<<2>>> says", true)]
    public void Of_ReplyThatRepeatsTheNonce_IsNull(string text, bool isKept) => Assert.That(CachedReply.Of(Response(text), "<<<1>>>") is not null, Is.EqualTo(isKept));

    [Test]
    public void Size_Reply_IsItsTextAndALittle([Values(0, 1, 1000, 100_000)] int length) =>
        Assert.That(Reply(new string('x', length)).Size, Is.InRange(2 * length, (2 * length) + 1000));

    // Against what the runtime really gives it, so that the limit in MiB means something. The memory is the whole process's: other tests must not run beside it,
    // and what they left behind may still be on its way out.
    [Test]
    [NonParallelizable]
    [Retry(5)]
    public void Size_ManyReplies_IsAboutTheirMemory([Values(10, 2000)] int length)
    {
        var cache = new ReplyCache(TimeProvider.System);
        CacheKey[] keys = [.. Enumerable.Range(0, 2000).Select(number => Key($"{number}"))];
        Keep(cache, keys[0], length);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long size = keys[1..].Sum(key => Keep(cache, key, length));
        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(cache);
        Assert.That(size, Is.InRange(taken * 0.7, taken * 1.5), $"{taken} bytes taken");

        static long Keep(ReplyCache cache, CacheKey key, int length)
        {
            ChatResponse response = Response(new string('x', length));
            (response.ModelId, response.ResponseId, response.Usage) = (new string('m', 24), new string('i', 38), new UsageDetails { InputTokenCount = 1 });
            CachedReply reply = CachedReply.Of(response)!;
            cache.EnterAsync(new TenantGeneration("1", 0), key, CacheSamples.Options, TimeSpan.MaxValue, default).AsTask().Result!.Value.Flight!.Complete(reply);
            return reply.Size;
        }
    }
}
