using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Text;

/// <summary>Streams of each shape, small and our own: what is a whole answer, what is not, and how often each is sent.</summary>
internal sealed class StreamAnswerTests
{
    private const string Gap = "\n\n";

    private static IEnumerable<TestCaseData> Whole()
    {
        yield return Case("plain", RoadEvents.Whole("Par", "is"));
        yield return Case("one_piece", RoadEvents.Whole("Paris"));
        yield return Case("byte_order_mark", "\uFEFF" + RoadEvents.Whole("Par", "is"));
        yield return Case("windows_line_ends", RoadEvents.Whole("Par", "is").Replace("\n", "\r\n", StringComparison.Ordinal));
        yield return Case("old_line_ends", RoadEvents.Whole("Par", "is").Replace('\n', '\r'));
        yield return Case("no_space_after_the_colon", RoadEvents.Whole("Par", "is").Replace("data: ", "data:", StringComparison.Ordinal));
        yield return Case("no_final_blank_line", RoadEvents.Whole("Par", "is").TrimEnd());
        yield return Case("events_after_the_end", RoadEvents.Whole("Par", "is") + Piece(" or Rome") + ServerError + "data: {");
        yield return Case("comments_between", ": OPENROUTER PROCESSING\n\n" + RoadEvents.Whole("Par", "is").Replace(Gap, "\n\n: keep-alive\n\n", StringComparison.Ordinal));
        yield return Case("named_events", RoadEvents.Whole("Par", "is").Replace("data: ", "event: chunk\nid: 7\nretry: 10\nzzz: 1\ndata: ", StringComparison.Ordinal));
        yield return Case("events_of_other_types", Piece("Par") + "event: ping\ndata: {\"type\":\"ping\"}\n\n" + Piece("is") + Finish() + Bill + Done);
        yield return Case("data_over_two_lines", Piece("Paris").Replace("\"choices\"", "\ndata: \"choices\"", StringComparison.Ordinal) + Finish() + Bill + Done);
        yield return Case("usage_before_the_finish", Piece("Paris") + Bill + Finish() + Done);
        yield return Case("usage_in_every_event", RoadEvents.Whole("Par", "is").Replace("\"usage\":null", "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1}", StringComparison.Ordinal));
        yield return Case("finish_with_the_last_text", Piece("Paris").Replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"", StringComparison.Ordinal) + Bill + Done);
        yield return Case("finish_and_then_nulls", Piece("Paris") + Finish() + Delta("{}") + Bill + Done);
        yield return Case("index_at_the_end", "data: {\"choices\":[{\"delta\":{\"content\":\"Paris\"},\"finish_reason\":\"stop\",\"index\":0}]}\n\n" + Bill + Done);
        yield return Case("no_index", "data: {\"choices\":[{\"delta\":{\"content\":\"Paris\"},\"finish_reason\":\"stop\"}]}\n\n" + Bill + Done);
        yield return Case("another_choice", "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Rome\"},\"finish_reason\":\"length\"}]}\n\n" + RoadEvents.Whole("Paris"));
        yield return Case("both_choices_in_one_event", "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Rome\"}},{\"index\":0,\"delta\":{\"content\":\"Paris\"}}]}\n\n" + Finish() + Bill + Done);
        yield return Case("content_in_parts", Delta("""{"content":[{"type":"text","text":"Paris"}]}""") + Finish() + Bill + Done);
        yield return Case("reasoning_beside", Delta("""{"reasoning":"Hm.","reasoning_content":"Well."}""") + RoadEvents.Whole("Paris"));
        yield return Case("obfuscation", Piece("Paris").Replace("{\"id\"", "{\"obfuscation\":\"xyz\",\"id\"", StringComparison.Ordinal) + Finish() + Bill + Done);
        yield return Case("unknown_members", "data: {\"zzz\":[{}],\"error\":null,\"choices\":[{\"zzz\":1,\"delta\":{\"zzz\":{},\"content\":\"Paris\"},\"logprobs\":null}],\"usage\":7}\n\n" + Finish() + Bill + Done);
        yield return Case("wrong_types", "data: {\"id\":1,\"model\":{},\"choices\":{},\"usage\":[]}\n\ndata: {\"choices\":[7,{\"delta\":3,\"finish_reason\":false}]}\n\n" + RoadEvents.Whole("Paris"));
        yield return Case("escaped_text", RoadEvents.Whole("Par\"is\"\n\t\u2014 \U0001F600"), "Par\"is\"\n\t\u2014 \U0001F600");
        yield return Case("half_a_surrogate", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Paris \\ud83d\"}}]}\n\n" + Finish() + Bill + Done, "Paris \ufffd");
        yield return Case("text_and_tool_call", Piece("Paris") + Delta("""{"tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":"{}"}}]}""") + Finish("tool_calls") + Bill + Done);
        yield return Case("finish_of_its_own", Piece("Paris") + Finish("eos") + Bill + Done);

        static TestCaseData Case(string name, string body, string text = "Paris") => new TestCaseData(body, text).SetName($"StreamAsync_{name}_IsAWholeAnswer");
    }

    private static IEnumerable<TestCaseData> NotWhole()
    {
        const string Par = "Par";
        string begun = Role + Piece(Par);

        // Before the first text: the kind that it is, tried again where that may help.
        yield return Case("empty", "", StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("only_comments", ": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n", StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("only_the_role", Role, StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("only_the_mark", Done, StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("no_sse_at_all", "<html>no</html>", StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("error_first", ServerError, StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("error_first_by_word", RouterError("""{"code":"server_error","message":"no"}"""), StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("error_first_by_number", RouterError("""{"code":502,"message":"no"}"""), StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("error_first_by_number_in_words", Role + RouterError("""{"code":"503","message":"no"}"""), StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("rate_limit_first", RouterError("""{"code":429,"message":"no"}"""), StepErrorKind.RateLimited, null, 3);
        yield return Case("quota_first", "data: {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}\n\n", StepErrorKind.QuotaExhausted, null, 1);
        yield return Case("key_first", "data: {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}\n\n", StepErrorKind.Unauthorized, null, 1);
        yield return Case("named_error_event", "event: error\n" + ServerError, StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case("finish_error", Role + Finish("error") + Done, StepErrorKind.ProviderUnavailable, null, 1);
        yield return Case("broken_json_first", "data: {\"choices\":[}\n\n" + RoadEvents.Whole(Par), StepErrorKind.InvalidResponse, null, 1);
        yield return Case("no_object_first", "data: 7\n\n" + RoadEvents.Whole(Par), StepErrorKind.InvalidResponse, null, 1);
        yield return Case("two_objects_in_one_event", "data: {}{}\n\n" + RoadEvents.Whole(Par), StepErrorKind.InvalidResponse, null, 1);
        yield return Case("nothing_said", Role + Finish() + Bill + Done, StepErrorKind.InvalidResponse, null, 1);
        yield return Case("length_spent_on_reasoning", Role + Finish("length") + Bill + Done, StepErrorKind.Truncated, null, 1);
        yield return Case("filtered_at_once", Role + Finish("content_filter") + Done, StepErrorKind.ContentFiltered, null, 1);
        yield return Case("refusal", Role + Refusal("No, ") + Refusal("I will not.") + Finish() + Bill + Done, StepErrorKind.Refused, "No, I will not.", 1);
        yield return Case("refusal_cut_off", Role + Refusal("No, "), StepErrorKind.ProviderUnavailable, null, 3);
        yield return Case(
            "only_tool_calls",
            Delta("""{"tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":"{}"}}]}""") + Finish("tool_calls") + Bill + Done,
            StepErrorKind.InvalidResponse, null, 1);

        // After it: what came is kept, and nothing is sent again.
        yield return Case("cut_off", begun, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("no_mark", begun + Finish() + Bill, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("no_finish", begun + Bill + Done, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("error_then_mark", begun + ServerError + Done, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("error_by_word", begun + RouterError("""{"code":"server_error","message":"no"}"""), StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("error_by_number", begun + RouterError("""{"code":502,"message":"no"}""") + Done, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("error_as_text", begun + "data: {\"error\":\"out of memory\"}\n\n" + Done, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("error_in_the_finish", begun + Finish("error") + Bill + Done, StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("rate_limit", begun + RouterError("""{"code":429,"message":"no"}"""), StepErrorKind.RateLimited, Par, 1);
        yield return Case("quota", begun + RouterError("""{"code":402,"message":"no"}"""), StepErrorKind.QuotaExhausted, Par, 1);
        yield return Case("moderated", begun + RouterError("""{"code":403,"message":"no","metadata":{"flagged_input":"x"}}"""), StepErrorKind.ContentFiltered, Par, 1);
        yield return Case("broken_json", begun + "data: {\"choices\":[}\n\n" + RoadEvents.Whole("is"), StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("cut_inside_an_event", begun + "data: {\"choices\":[{\"index\":0,\"del", StepErrorKind.StreamInterrupted, Par, 1);
        yield return Case("length", begun + Finish("length") + Bill + Done, StepErrorKind.Truncated, Par, 1);
        yield return Case("filtered", begun + Finish("content_filter") + Bill + Done, StepErrorKind.ContentFiltered, Par, 1);
        yield return Case("refused_half_way", begun + Refusal("No.") + Finish() + Bill + Done, StepErrorKind.Refused, Par, 1);
        yield return Case("only_white_space", RoadEvents.Whole(" ", "\n"), StepErrorKind.InvalidResponse, null, 1);

        static TestCaseData Case(string name, string body, StepErrorKind kind, string? partial, int requests) =>
            new TestCaseData(body, kind, partial, requests).SetName($"StreamAsync_{name}_IsNoWholeAnswer");
    }

    [TestCaseSource(nameof(Whole))]
    public async Task StreamAsync_Whole_EndsWithItsFinalElement(string events, string text)
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(events);

        List<StepResult<StreamChunk>> chunks = await host.StreamAsync().ToListAsync();

        Assert.That(chunks[^1].Error, Is.Null);
        Assert.That(string.Concat(chunks.Select(chunk => chunk.Value.Text)), Is.EqualTo(text));
        Assert.That(chunks.SkipLast(1).Select(chunk => (chunk.Value.IsFinal, chunk.Value.Text.Length > 0)), Is.All.EqualTo((false, true)));
        Assert.That((chunks[^1].Value.IsFinal, chunks[^1].Value.Text), Is.EqualTo((true, "")));
        Assert.That((chunks[^1].Receipt.InputTokens, chunks[^1].Receipt.OutputTokens, host.Handler.Requests.Count), Is.EqualTo(((long?)10, (long?)5, 1)));
    }

    [TestCaseSource(nameof(NotWhole))]
    public async Task StreamAsync_NotWhole_EndsWithItsKindAndTheTextSoFar(string events, StepErrorKind kind, string? partial, int requests)
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(events);

        List<StepResult<StreamChunk>> chunks = await host.StreamAsync().ToListAsync();

        StepResult<StreamChunk> last = chunks[^1];
        Assert.That((last.Error?.Kind, last.Error?.Partial), Is.EqualTo(((StepErrorKind?)kind, partial)), last.Error?.Message);
        Assert.That(chunks.SkipLast(1).Select(chunk => (chunk.IsSuccess, chunk.Value.IsFinal)), Is.All.EqualTo((true, false)));
        Assert.That((host.Handler.Requests.Count, last.Receipt.Attempts), Is.EqualTo((requests, requests)));
    }

    [TestCase(400, StepErrorKind.InvalidRequest, 1)]
    [TestCase(401, StepErrorKind.Unauthorized, 1)]
    [TestCase(404, StepErrorKind.ModelUnavailable, 1)]
    [TestCase(408, StepErrorKind.Timeout, 3)]
    [TestCase(429, StepErrorKind.RateLimited, 3)]
    [TestCase(500, StepErrorKind.ProviderUnavailable, 3)]
    [TestCase(503, StepErrorKind.ProviderUnavailable, 3)]
    public async Task StreamAsync_StatusError_IsItsKindAndSentAsOftenAsItMayHelp(int status, StepErrorKind kind, int requests)
    {
        using var host = new RoadHost();
        host.Handler.Then(status, RoadAnswer.Error("no"), ("x-request-id", "req_1"));

        StepResult<StreamChunk> only = (await host.StreamAsync().ToListAsync()).Single();

        Assert.That((only.Error?.Kind, only.Error?.Partial, host.Handler.Requests.Count, only.Receipt.RequestId), Is.EqualTo(((StepErrorKind?)kind, (string?)null, requests, "req_1")));
    }

    [Test]
    public async Task StreamAsync_FailsTwiceBeforeItsText_GivesTheThirdAnswer()
    {
        using var host = new RoadHost();
        host.Handler.Then(503, "").ThenEvents(Role + ServerError).ThenEvents(RoadEvents.Whole("Paris"));

        List<StepResult<StreamChunk>> chunks = await host.StreamAsync().ToListAsync();

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        Assert.That((host.Handler.Requests.Count, chunks[^1].Receipt.Attempts, chunks[^1].Receipt.CostIsEstimated), Is.EqualTo((3, 3, true)));
    }

    /// <summary>A server that does not stream, and one that tells its error as plain JSON with status 200.</summary>
    [Test]
    public async Task StreamAsync_PlainJsonInPlaceOfEvents_IsReadAsAWholeAnswer()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"), ("content-type", "application/json"));
        host.Handler.Then(200, RoadAnswer.Error("no", "insufficient_quota"), ("content-type", "application/json; charset=utf-8"));
        host.Handler.Then(200, "<html>Hello</html>", ("content-type", "text/html"));
        host.Handler.Then(200, RoadAnswer.Chat("""{"content":null,"refusal":"No."}"""), ("content-type", "application/json"));

        List<StepResult<StreamChunk>> whole = await host.StreamAsync().ToListAsync();
        StepError error = (await host.StreamAsync().SingleAsync()).Error!, page = (await host.StreamAsync().SingleAsync()).Error!, refusal = (await host.StreamAsync().SingleAsync()).Error!;

        Assert.That(whole.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        Assert.That((whole[^1].Receipt.InputTokens, whole[^1].Receipt.Cost), Is.EqualTo(((long?)10, (decimal?)0.0000035m)));
        Assert.That(error.Kind, Is.EqualTo(StepErrorKind.QuotaExhausted));
        Assert.That((page.Kind, page.Message), Is.EqualTo(
            (StepErrorKind.InvalidResponse, "The answer is not a JSON object (byte 0 of line 1, 18 bytes). It is a web page: check DiscordIntel:OpenAI:BaseUrl.")));
        Assert.That((refusal.Kind, refusal.Partial), Is.EqualTo((StepErrorKind.Refused, "No.")));
    }

    /// <summary>A server that never ends: comments, one line, or events without text.</summary>
    [TestCase(": still there\n\n", false)]
    [TestCase("zzzzzzzzzzzzzzzz", false)]
    [TestCase(": still there\n\n", true)]
    [TestCase("zzzzzzzzzzzzzzzz", true)]
    public async Task StreamAsync_EndlessBody_IsGivenUpAtTheCap(string piece, bool begun)
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(begun ? Role + Piece("Par") : Role).ThenForEver(string.Concat(Enumerable.Repeat(piece, 64 * 1024)));
        host.Handler.ThenBody(body);

        List<StepResult<StreamChunk>> chunks = await host.StreamAsync().ToListAsync();

        StepError error = chunks[^1].Error!;
        Assert.That((error.Kind, error.Partial, error.Message), Is.EqualTo(
            (begun ? StepErrorKind.StreamInterrupted : StepErrorKind.InvalidResponse, begun ? "Par" : null, "The answer is longer than 32 MiB.")));
        Assert.That((body.IsDisposed, host.Handler.Requests.Count), Is.EqualTo((true, 1)));
    }

    [TestCase(false, StepErrorKind.ProviderUnavailable, 3)]
    [TestCase(true, StepErrorKind.StreamInterrupted, 1)]
    public async Task StreamAsync_Reset_IsTriedAgainOnlyBeforeTheFirstText(bool begun, StepErrorKind kind, int requests)
    {
        using var host = new RoadHost();
        host.Handler.Then(() => RoadAnswer.Of(
            200,
            new StreamContent(new RoadBody().Then(begun ? Piece("Par") : Role).Then(new HttpIOException(HttpRequestError.ResponseEnded))),
            ("content-type", "text/event-stream")));

        StepResult<StreamChunk> last = (await host.StreamAsync().ToListAsync())[^1];

        Assert.That((last.Error?.Kind, last.Error?.Partial, host.Handler.Requests.Count), Is.EqualTo(((StepErrorKind?)kind, begun ? "Par" : null, requests)));
    }

    /// <summary>Every piece is handed on when it is there, not when the next one is.</summary>
    [Test]
    public async Task StreamAsync_Piece_IsGivenBeforeTheServerSaysMore()
    {
        using var host = new RoadHost();
        var more = new TaskCompletionSource();
        host.Handler.ThenBody(new RoadBody().Then(Role + Piece("Par")).Then(async _ =>
        {
            await more.Task;
            return Encoding.UTF8.GetBytes(Piece("is") + Finish() + Done);
        }));
        await using IAsyncEnumerator<StepResult<StreamChunk>> stream = host.StreamAsync().GetAsyncEnumerator();

        Assert.That(await stream.MoveNextAsync(), Is.True);
        Assert.That(stream.Current.Value.Text, Is.EqualTo("Par"));
        ValueTask<bool> next = stream.MoveNextAsync();
        Assert.That(next.IsCompleted, Is.False);
        more.SetResult();
        Assert.That(await next, Is.True);
        Assert.That(stream.Current.Value.Text, Is.EqualTo("is"));
    }
}
