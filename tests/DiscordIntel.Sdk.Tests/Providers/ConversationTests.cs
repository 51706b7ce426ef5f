using System.Text.Json;
using DiscordIntel.Analysis;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Providers.Wire;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>The same conversations over both APIs, in process and on a port: what a host sees does not depend on the way.</summary>
[TestFixture(OpenAIApi.ChatCompletions, false)]
[TestFixture(OpenAIApi.ChatCompletions, true)]
[TestFixture(OpenAIApi.Responses, false)]
[TestFixture(OpenAIApi.Responses, true)]
internal sealed class ConversationTests(OpenAIApi api, bool onPort)
{
    private const string Question = "The bridge opens at nine tomorrow.";

    private static IEnumerable<TestCaseData> Endings()
    {
        yield return Case("refused", EmulatorReply.Refusal("I will not."), StepErrorKind.Refused, "I will not.");
        yield return Case("cut_off", EmulatorReply.Truncated("The bridge"), StepErrorKind.Truncated, "The bridge");
        yield return Case("filtered", EmulatorReply.ContentFiltered(), StepErrorKind.ContentFiltered, null);
        yield return Case("filtered_without_message", EmulatorReply.ContentFiltered(withMessage: false), StepErrorKind.ContentFiltered, null);
        yield return Case("calls_nobody_offered", EmulatorReply.ToolCalls(("f", "{}")), StepErrorKind.InvalidResponse, null);
        yield return Case("empty", EmulatorReply.Text(""), StepErrorKind.InvalidResponse, null);
        yield return Case("key", EmulatorReply.Unauthorized(), StepErrorKind.Unauthorized, null);
        yield return Case("model", EmulatorReply.ModelNotFound(), StepErrorKind.ModelUnavailable, null);
        yield return Case("quota", EmulatorReply.QuotaExhausted(), StepErrorKind.QuotaExhausted, null);
        yield return Case("limit", EmulatorReply.RateLimited(TimeSpan.FromHours(1)), StepErrorKind.RateLimited, null);
        yield return Case("length", EmulatorReply.ContextTooLong(), StepErrorKind.ContextTooLong, null);
        yield return Case("server", EmulatorReply.ServerError(), StepErrorKind.ProviderUnavailable, null);
        yield return Case("gateway", EmulatorReply.BadGateway(), StepErrorKind.ProviderUnavailable, null);
        yield return Case("reset", EmulatorReply.Reset(), StepErrorKind.ProviderUnavailable, null);
        yield return Case("error_in_200", EmulatorReply.ErrorInOk(), StepErrorKind.ProviderUnavailable, null);

        static TestCaseData Case(string name, EmulatorReply reply, StepErrorKind kind, string? partial) => new TestCaseData(reply, kind, partial).SetArgDisplayNames(name);
    }

    private static IEnumerable<TestCaseData> Breaks()
    {
        EmulatorReply four = EmulatorReply.Text("One two three four.");
        yield return Case("cut", four.CutAfter(3), "One two");
        yield return Case("cut_before_the_end", four.CutAfter(6), "One two three four.");
        yield return Case("no_mark", four.WithoutDone(), "One two three four.");
        yield return Case("reset", four.ResetAfter(3), "One two");
        yield return Case("error", four.ErrorAfter(3), "One two");
        yield return Case("router_error", four.RouterErrorAfter(3, 502), "One two");

        static TestCaseData Case(string name, EmulatorReply reply, string partial) => new TestCaseData(reply, partial).SetArgDisplayNames(name);
    }

    [Test]
    public async Task Text_Whole_IsAnsweredAndAccountedFor()
    {
        await using TalkHost host = await OpenAsync();

        StepResult<string> result = await host.Text.CompleteAsync(Question, TalkHost.Scope);

        Assert.That(result.Value, Is.EqualTo("This is a reply from the emulator, not from a model. Your message says: \"The bridge opens at nine tomorrow.\""));
        AssertAccount(host, result.Receipt);
        Assert.That(host.Emulator.Requests.Single().Path, Is.EqualTo(api is OpenAIApi.Responses ? "/v1/responses" : "/v1/chat/completions"));
    }

    [Test]
    public async Task Text_Streamed_IsTheSame()
    {
        await using TalkHost host = await OpenAsync();

        List<StepResult<StreamChunk>> chunks = await host.Text.StreamAsync(Question, TalkHost.Scope).ToListAsync();

        Assert.That(string.Concat(chunks.Select(chunk => chunk.Value!.Text)), Is.EqualTo("This is a reply from the emulator, not from a model. Your message says: \"The bridge opens at nine tomorrow.\""));
        Assert.That(chunks, Has.Count.GreaterThan(10));
        Assert.That(chunks[^1].Value!.FinishReason, Is.EqualTo("stop"));
        AssertAccount(host, chunks[^1].Receipt);
    }

    [Test]
    public async Task Text_StreamedInOddPieces_IsTheSame()
    {
        await using TalkHost host = await OpenAsync(EmulatorReply.Text("Ahoj 👋 světe").InChunksOf(1).InReadsOf(1).WithCrLf().WithComments().WithoutLastBlankLine());

        List<StepResult<StreamChunk>> chunks = await host.Text.StreamAsync(Question, TalkHost.Scope).ToListAsync();

        Assert.That(string.Concat(chunks.Select(chunk => chunk.Value!.Text)), Is.EqualTo("Ahoj 👋 světe"));
    }

    [Test]
    public async Task Text_Conversation_HasAllItsMessages()
    {
        await using TalkHost host = await OpenAsync();
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello."), new(ChatRole.User, Question)];

        await host.Text.CompleteAsync(new DiscordIntel.Text.TextRequest { Messages = messages }, TalkHost.Scope);

        JsonElement sent = host.Emulator.Requests.Single().Body.GetProperty(api is OpenAIApi.Responses ? "input" : "messages");
        Assert.That(
            sent.EnumerateArray().Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString())),
            Is.EqualTo(messages.Select(message => (message.Role.Value, message.Text))));
    }

    [Test]
    public async Task Structured_Type_FitsItsSchema()
    {
        await using TalkHost host = await OpenAsync();

        StepResult<Ruling> result = await host.Structured.GenerateAsync<Ruling>(StructuredRequest.Of(Question), TalkHost.Scope);

        Assert.That(result.IsSuccess, result.Error?.Message);
        AssertAccount(host, result.Receipt);
    }

    [Test]
    public async Task Structured_AnswerThatDoesNotFit_IsAskedForAgain()
    {
        await using TalkHost host = await OpenAsync(EmulatorReply.Json("{}"));

        StepResult<Ruling> result = await host.Structured.GenerateAsync<Ruling>(StructuredRequest.Of(Question), TalkHost.Scope);

        Assert.That(result.IsSuccess, result.Error?.Message);
        Assert.That(result.Receipt.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Analysis_Debate_IsRead()
    {
        await using TalkHost host = await OpenAsync();

        StepResult<ContentAnalysis> result = await host.Analysis.AnalyzeAsync("Ann: Trams are free. Bob: They are not, they cost two euros.", AnalysisKind.Debate, TalkHost.Scope);

        Assert.That(result.IsSuccess, result.Error?.Message);
        Assert.That(result.Receipt.Api, Is.EqualTo(Name));
    }

    [TestCaseSource(nameof(Endings))]
    public async Task Whole_NotAnAnswer_IsItsKind(EmulatorReply reply, StepErrorKind kind, string? partial)
    {
        await using TalkHost host = await OpenAsync(reply);

        StepResult<string> result = await host.Text.CompleteAsync(Question, TalkHost.Scope);

        Assert.That((result.Error?.Kind, result.Error?.Partial), Is.EqualTo(((StepErrorKind?)kind, partial)), result.Error?.Message);
    }

    [TestCaseSource(nameof(Endings))]
    public async Task Streamed_NotAnAnswer_IsItsKind(EmulatorReply reply, StepErrorKind kind, string? partial)
    {
        await using TalkHost host = await OpenAsync(reply);

        StepResult<StreamChunk> last = await host.Text.StreamAsync(Question, TalkHost.Scope).LastAsync();

        Assert.That((last.Error?.Kind, last.Error?.Partial), Is.EqualTo(((StepErrorKind?)kind, partial)), last.Error?.Message);
    }

    [TestCaseSource(nameof(Breaks))]
    public async Task Streamed_Broken_IsInterruptedWithTheTextSoFar(EmulatorReply reply, string partial)
    {
        await using TalkHost host = await OpenAsync(reply);

        StepResult<StreamChunk> last = await host.Text.StreamAsync(Question, TalkHost.Scope).LastAsync();

        Assert.That((last.Error?.Kind, last.Error?.Partial), Is.EqualTo(((StepErrorKind?)StepErrorKind.StreamInterrupted, partial)), last.Error?.Message);
        Assert.That(host.Emulator.Requests, Has.Count.EqualTo(1), "nothing is tried again behind the first text");
    }

    [Test]
    public async Task Whole_AfterAFault_IsTriedAgain()
    {
        await using TalkHost host = await TalkHost.OpenAsync(api, onPort, null, EmulatorReply.ServerError(), EmulatorReply.Text("Nine."));

        StepResult<string> result = await host.Text.CompleteAsync(Question, TalkHost.Scope);

        Assert.That((result.Value, result.Receipt.Attempts), Is.EqualTo(("Nine.", 2)));
    }

    [Test]
    public async Task Tools_RoundTrip_EndsInAnAnswer()
    {
        await using TalkHost host = await OpenAsync(
            EmulatorReply.ToolCalls(("get_time", """{"zone": "CET"}"""), ("ping", "{}")), EmulatorReply.Text("It is nine."));
        var messages = new List<ChatMessage> { new(ChatRole.User, "What time is it?") };

        StepResult<ChatResponse> first = await host.TurnAsync(messages, ToolSamples.Tools);
        FunctionCallContent[] calls = [.. first.ValueOrThrow().Messages[0].Contents.OfType<FunctionCallContent>()];
        messages.AddRange(first.Value!.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, "09:00"))]));
        StepResult<ChatResponse> second = await host.TurnAsync(messages, ToolSamples.Tools);

        Assert.That(calls.Select(call => (call.Name, (string?)call.RawRepresentation)), Is.EqualTo(new[] { ("get_time", """{"zone": "CET"}"""), ("ping", "{}") }));
        Assert.That(calls[0].Arguments!["zone"]!.ToString(), Is.EqualTo("CET"));
        Assert.That((first.Value.FinishReason?.Value, second.Value?.Text), Is.EqualTo(("tool_calls", "It is nine.")), second.Error?.Message);
        Assert.That((first.Receipt.Api, second.Receipt.Api), Is.EqualTo((Name, Name)));
        Assert.That(host.Emulator.Requests[1].RawBody, Does.Contain("09:00").And.Contains(calls[1].CallId));
    }

    [Test]
    public async Task Tools_Streamed_AreTheSameCalls()
    {
        await using TalkHost host = await OpenAsync(EmulatorReply.ToolCalls(("get_time", """{"zone": "CET"}"""), ("ping", "{}")).InReadsOf(5));
        ChatOptions options = ToolSamples.Options("house-model");
        await using IReplyStream stream = await host.Client.OpenAsync([new ChatMessage(ChatRole.User, "What time is it?")], options, CancellationToken.None);

        while (await stream.NextAsync())
        {
            Assert.That(stream.Text, Is.Empty);
        }

        FunctionCallContent[] calls = [.. stream.ToResponse("").Messages[0].Contents.OfType<FunctionCallContent>()];
        Assert.That(calls.Select(call => (call.Name, (string?)call.RawRepresentation, call.Exception)), Is.EqualTo(new[] { ("get_time", """{"zone": "CET"}""", (Exception?)null), ("ping", "{}", null) }));
        Assert.That(stream.IsComplete);
    }

    /// <summary>The price of the most that was sent is reserved first, and no bill is above it.</summary>
    [Test]
    public async Task Image_WithABudget_IsSentAndBounded()
    {
        await using TalkHost host = await TalkHost.OpenAsync(api, onPort, options => options.Budget.TenantMonthlyLimitUsd = 1);
        var image = new DataContent(new byte[] { 0x89, 0x50 }, "image/png");

        StepResult<ChatResponse> result = await host.TurnAsync([new(ChatRole.User, [new TextContent(Question), image])]);

        Assert.That(result.IsSuccess, result.Error?.Message);
        Assert.That(host.Emulator.Requests.Single().RawBody, Does.Contain("data:image/png;base64,iVA").And.Contains("\"detail\":\"high\""));
    }

    [Test]
    public async Task Image_WhoseSizeNobodyKnows_IsRefusedWhereThereIsABudget()
    {
        await using TalkHost host = await TalkHost.OpenAsync(api, onPort, options => options.Budget.TenantMonthlyLimitUsd = 1);
        var image = new DataContent(new byte[] { 0x89, 0x50 }, "image/png") { AdditionalProperties = new() { ["detail"] = "auto" } };

        StepError error = (await host.TurnAsync([new(ChatRole.User, [new TextContent(Question), image])])).Error!;

        Assert.That((error.Kind, error.Message), Is.EqualTo((StepErrorKind.InvalidRequest,
            "A message holds DataContent, and there is a budget while nobody can say beforehand what it may cost. Send text, images with the detail 'low' or 'high', or calls of functions and their results.")));
        Assert.That(host.Emulator.Requests, Is.Empty);
    }

    private string Name => api is OpenAIApi.Responses ? "responses" : "chat_completions";

    private Task<TalkHost> OpenAsync(params EmulatorReply[] replies) => TalkHost.OpenAsync(api, onPort, options => options.Resilience.MaxAttempts = 1, replies);

    private void AssertAccount(TalkHost host, StepReceipt receipt)
    {
        EmulatorBill bill = host.Emulator.Billed.Single();
        Assert.That((receipt.Api, receipt.InputTokens, receipt.OutputTokens, receipt.CachedInputTokens, receipt.ReasoningTokens), Is.EqualTo((Name, (long?)bill.InputTokens, (long?)bill.OutputTokens, (long?)0, (long?)0)));
        Assert.That((receipt.Cost > 0, receipt.CostIsEstimated, receipt.RequestId), Is.EqualTo((true, false, "req_emulator_1")));
    }
}
