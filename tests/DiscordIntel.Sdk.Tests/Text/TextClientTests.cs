using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Text;

/// <summary>Answers of each shape, small and our own, so that a lone clone walks the same paths as the recorded traffic.</summary>
internal sealed class TextClientTests
{
    private static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("whole", RoadAnswer.Saying("Paris"), null, "Paris");
        yield return Case("no_usage", RoadAnswer.Saying("Paris", usage: null), null, "Paris");
        yield return Case("finish_of_its_own", RoadAnswer.Saying("Paris", "eos"), null, "Paris");
        yield return Case("no_finish", RoadAnswer.Saying("Paris", null), null, "Paris");
        yield return Case("parts", RoadAnswer.Chat("""{"content":[{"type":"text","text":"Par"},{"type":"text","text":"is"}]}"""), null, "Paris");
        yield return Case("reasoning_beside", RoadAnswer.Chat("""{"content":"Paris","reasoning":"Well.","reasoning_content":"Hm."}"""), null, "Paris");
        yield return Case("text_and_tool_call", RoadAnswer.Chat("""{"content":"Paris","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}"""), null, "Paris");
        yield return Case("unknown_members", """{"zzz":[{}],"choices":[{"zzz":1,"message":{"zzz":{},"content":"Paris"}}]}""", null, "Paris");
        yield return Case("half_a_surrogate", """{"choices":[{"message":{"content":"Paris \ud83d"}}]}""", null, "Paris \ufffd");
        yield return Case("refusal", RoadAnswer.Chat("""{"content":null,"refusal":"No."}"""), StepErrorKind.Refused, "No.");
        yield return Case("length", RoadAnswer.Saying("Par", "length"), StepErrorKind.Truncated, "Par");
        yield return Case("length_spent_on_reasoning", RoadAnswer.Saying("", "length"), StepErrorKind.Truncated, null);
        yield return Case("filtered_with_text", RoadAnswer.Saying("Par", "content_filter"), StepErrorKind.ContentFiltered, "Par");
        yield return Case("filtered_without_message", """{"choices":[{"finish_reason":"content_filter","index":0}]}""", StepErrorKind.ContentFiltered, null);
        yield return Case("broken_off", RoadAnswer.Saying("Par", "error"), StepErrorKind.ProviderUnavailable, "Par");
        yield return Case("empty", RoadAnswer.Saying(""), StepErrorKind.InvalidResponse, null);
        yield return Case("null", RoadAnswer.Chat("""{"content":null}"""), StepErrorKind.InvalidResponse, null);
        yield return Case("only_tool_calls", RoadAnswer.Chat("""{"content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}""", "tool_calls"), StepErrorKind.InvalidResponse, null);
        yield return Case("no_choice", """{"id":"x","choices":[],"usage":null}""", StepErrorKind.InvalidResponse, null);
        yield return Case("no_body", "", StepErrorKind.InvalidResponse, null);
        yield return Case("no_json", "method=POST", StepErrorKind.InvalidResponse, null);
        yield return Case("half_the_json", """{"choices":[{"message":{"content":"Par""", StepErrorKind.InvalidResponse, null);
        yield return Case("two_answers", """{"choices":[{"message":{"content":"a"}}]}{"choices":[]}""", StepErrorKind.InvalidResponse, null);
        yield return Case("error_in_200", RoadAnswer.Error("no", "invalid_api_key"), StepErrorKind.Unauthorized, null);
        yield return Case("numbered_error_in_200", """{"error":{"message":"no","code":402}}""", StepErrorKind.QuotaExhausted, null);

        static TestCaseData Case(string name, string body, StepErrorKind? kind, string? text) =>
            new TestCaseData(body, kind, text).SetName($"CompleteAsync_{name}_IsWhatItIs");
    }

    [TestCaseSource(nameof(Answers))]
    public async Task CompleteAsync_Answer_IsItsTextOrItsKind(string body, StepErrorKind? kind, string? text)
    {
        using var host = new RoadHost();
        host.Handler.Then(200, body);

        StepResult<string> result = await host.AskAsync();

        Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
        Assert.That(kind is null ? result.Value : result.Error!.Partial, Is.EqualTo(text));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CompleteAsync_Request_IsThisVeryText()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        await host.Text.CompleteAsync(new TextRequest { Messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Capital of France?")] }, RoadHost.Scope);

        RoadRequest request = host.Handler.Requests.Single();
        string identifier = request.Json.GetProperty("safety_identifier").GetString()!;
        Assert.That((request.Method, request.Address.AbsoluteUri, request.Authorization), Is.EqualTo(("POST", "https://api.openai.com/v1/chat/completions", $"Bearer {RoadHost.ApiKey}")));
        Assert.That(request.Body, Is.EqualTo(
            """
            {"model":"gpt-6-luna","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Capital of France?"}],
            "max_completion_tokens":4000,"temperature":0.7,"reasoning_effort":"none","safety_identifier":"ID","store":false}
            """.ReplaceLineEndings("").Replace("ID", identifier, StringComparison.Ordinal)));
        Assert.That(identifier, Does.Match("^[0-9a-f]{64}$"));
    }

    [TestCase("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions")]
    [TestCase("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions")]
    [TestCase("https://gateway.example/openai?api-version=2", "https://gateway.example/openai/chat/completions?api-version=2")]
    [TestCase("http://localhost:11434", "http://localhost:11434/chat/completions")]
    public async Task CompleteAsync_AnotherServer_GetsTheCallThere(string baseUrl, string address)
    {
        using var host = new RoadHost(options =>
        {
            options.OpenAI.BaseUrl = baseUrl;
            options.OpenAI.ApiKey = null;
        });
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        Assert.That((await host.AskAsync()).Value, Is.EqualTo("Paris"));
        Assert.That((host.Handler.Requests[0].Address.AbsoluteUri, host.Handler.Requests[0].Authorization), Is.EqualTo((address, "Bearer none")));
    }

    [TestCase("")]
    [TestCase(" \n")]
    public async Task CompleteAsync_NoText_IsAnInvalidRequestAndSendsNothing(string prompt)
    {
        using var host = new RoadHost();

        StepResult<string> result = await host.Text.CompleteAsync(prompt, RoadHost.Scope);

        Assert.That((result.Error!.Kind, result.Receipt.Attempts), Is.EqualTo((StepErrorKind.InvalidRequest, 0)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public async Task CompleteAsync_OptionsOutOfRange_AreAnInvalidRequestThatNamesThem()
    {
        using var host = new RoadHost();

        StepResult<string> result = await host.AskAsync(generation: new GenerationOptions { Temperature = 3, MaxOutputTokens = 0 });

        Assert.That(result.Error!.Message, Does.Contain("Temperature is 3").And.Contains("MaxOutputTokens is 0"));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public async Task CompleteAsync_Image_IsRefusedByName()
    {
        using var host = new RoadHost();

        StepResult<string> result = await host.Text.CompleteAsync(
            new TextRequest { Messages = [new(ChatRole.User, [new TextContent("look"), new UriContent("https://example.test/a.png", "image/png")])] }, RoadHost.Scope);

        Assert.That((result.Error!.Kind, result.Error.Message), Is.EqualTo(
            (StepErrorKind.InvalidRequest, "A message holds UriContent, which this call does not take. Send text.")));
    }

    [Test]
    public void CompleteAsync_NullArguments_AreMisuse()
    {
        using var host = new RoadHost();

        Assert.That(() => host.Text.CompleteAsync((string)null!, RoadHost.Scope), Throws.ArgumentNullException);
        Assert.That(() => host.Text.CompleteAsync((TextRequest)null!, RoadHost.Scope), Throws.ArgumentNullException);
        Assert.That(async () => await host.Text.CompleteAsync("Hi", null!), Throws.ArgumentNullException);
    }

    [Test]
    public async Task CompleteAsync_LocalisedSentence_ReplacesTheEnglishOne()
    {
        using var host = new RoadHost(options => options.UserMessages[StepErrorKind.Unauthorized] = "Kein Zugang.");
        host.Handler.Then(401, "");

        Assert.That((await host.AskAsync()).Error!.UserMessage, Is.EqualTo("Kein Zugang."));
    }

    /// <summary>Another call takes the kept writer: bodies never mix.</summary>
    [Test]
    public async Task CompleteAsync_ManyAtOnce_EachGetsItsOwnBodyAndAnswer()
    {
        using var host = new RoadHost();
        var gate = new TaskCompletionSource();
        host.Handler.Then(async _ =>
        {
            await gate.Task;
            return RoadAnswer.Of(200, System.Text.Encoding.UTF8.GetBytes(RoadAnswer.Saying("Paris")));
        });

        Task<StepResult<string>>[] calls = [.. Enumerable.Range(0, 20).Select(i => host.AskAsync($"question {i}"))];
        gate.SetResult();
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(
            host.Handler.Requests.Select(request => request.Json.GetProperty("messages")[0].GetProperty("content").GetString()),
            Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"question {i}")));
    }

    [Test]
    public async Task CompleteAsync_WholeAnswerOverAMemoryStream_IsReadAndDisposedOf()
    {
        using var host = new RoadHost();
        var body = new TrackedStream(System.Text.Encoding.UTF8.GetBytes(RoadAnswer.Saying("Paris")));
        host.Handler.Then(() => RoadAnswer.Of(200, new StreamContent(body)));

        Assert.That((await host.AskAsync()).Value, Is.EqualTo("Paris"));
        Assert.That(body.IsDisposed, Is.True);
    }

    private sealed class TrackedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
