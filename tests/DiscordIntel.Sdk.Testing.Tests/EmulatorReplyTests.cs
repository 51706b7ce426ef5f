using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests;

[TestFixture]
internal sealed class EmulatorReplyTests
{
    [Test]
    public async Task Text_IsTheContent() => Assert.That(await AskAsync(EmulatorReply.Text("Héllo \"you\"\n🙂")), Is.EqualTo("Héllo \"you\"\n🙂"));

    [Test]
    public async Task Json_IsTheContentAsItStands() => Assert.That(await AskAsync(EmulatorReply.Json("""{ "a" : 1 }""")), Is.EqualTo("""{ "a" : 1 }"""));

    [Test]
    public void Json_NotJson_Throws() => Assert.That(() => EmulatorReply.Json("{"), Throws.ArgumentException);

    [Test]
    public async Task Refusal_HasWordsAndNoContent()
    {
        JsonElement choice = await ChoiceAsync(EmulatorReply.Refusal("I can't help with that."));
        Assert.Multiple(() =>
        {
            Assert.That(choice.GetProperty("message").GetProperty("refusal").GetString(), Is.EqualTo("I can't help with that."));
            Assert.That(choice.GetProperty("message").GetProperty("content").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
        });
    }

    [Test]
    public async Task Truncated_FinishesWithLength()
    {
        JsonElement choice = await ChoiceAsync(EmulatorReply.Truncated("{\"a\":"));
        Assert.Multiple(() =>
        {
            Assert.That(choice.GetProperty("message").GetProperty("content").GetString(), Is.EqualTo("{\"a\":"));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("length"));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ContentFiltered_FinishesWithContentFilter(bool withMessage)
    {
        JsonElement choice = await ChoiceAsync(EmulatorReply.ContentFiltered(withMessage));
        Assert.Multiple(() =>
        {
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("content_filter"));
            Assert.That(choice.TryGetProperty("message", out _), Is.EqualTo(withMessage));
        });
    }

    [Test]
    public async Task NoChoices_HasNone()
    {
        (HttpStatusCode status, JsonElement body) = await PostAsync(EmulatorReply.NoChoices());
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(body.GetProperty("choices").GetArrayLength(), Is.Zero);
    }

    [TestCase(1_798, "2", "1798")]
    [TestCase(0, "0", "0")]
    [TestCase(60_000, "60", "60000")]
    public async Task RateLimited_WithWait_SendsBothHeaders(int milliseconds, string seconds, string exact)
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.RateLimited(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(response.Headers.GetValues("Retry-After"), Is.EqualTo(new[] { seconds }));
            Assert.That(response.Headers.GetValues("retry-after-ms"), Is.EqualTo(new[] { exact }));
        });
    }

    [Test]
    public async Task RateLimited_WithoutWait_SendsNoHint()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.RateLimited());
        Assert.That(response.Headers.Contains("Retry-After") || response.Headers.Contains("retry-after-ms"), Is.False);
        EmulatorClient.AssertError(
            EmulatorClient.Parse(await response.Content.ReadAsStringAsync()),
            "Rate limit reached for requests. Visit https://platform.openai.com/account/rate-limits to learn more.", "requests", null, "rate_limit_exceeded");
    }

    [Test]
    public void RateLimited_NegativeWait_Throws() =>
        Assert.That(() => EmulatorReply.RateLimited(TimeSpan.FromSeconds(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task QuotaExhausted_SaysNotToRetry()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.QuotaExhausted());
        JsonElement error = EmulatorClient.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(response.Headers.GetValues("x-should-retry"), Is.EqualTo(new[] { "false" }));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("insufficient_quota"));
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo("insufficient_quota"));
        });
    }

    private static IEnumerable<TestCaseData> Errors()
    {
        yield return new TestCaseData(EmulatorReply.ServerError(), 500, "server_error", null, null).SetName("ServerError_Default_Is500");
        yield return new TestCaseData(EmulatorReply.ServerError(520), 520, "server_error", null, null).SetName("ServerError_Status_IsThat");
        yield return new TestCaseData(EmulatorReply.Overloaded(), 503, "server_error", null, null).SetName("Overloaded_Is503");
        yield return new TestCaseData(EmulatorReply.Unauthorized(), 401, "invalid_request_error", null, "invalid_api_key").SetName("Unauthorized_Is401");
        yield return new TestCaseData(EmulatorReply.ModelNotFound(), 404, "invalid_request_error", null, "model_not_found").SetName("ModelNotFound_Is404");
        yield return new TestCaseData(EmulatorReply.ContextTooLong(), 400, "invalid_request_error", "messages", "context_length_exceeded").SetName("ContextTooLong_Is400");
        yield return new TestCaseData(EmulatorReply.ErrorInOk(), 200, "server_error", null, "server_error").SetName("ErrorInOk_Default_Is200");
        yield return new TestCaseData(EmulatorReply.ErrorInOk("overloaded"), 200, "overloaded", null, "overloaded").SetName("ErrorInOk_Code_IsThat");
    }

    [TestCaseSource(nameof(Errors))]
    public async Task Error_HasOpenAIsShape(EmulatorReply reply, int status, string type, string? param, string? code)
    {
        (HttpStatusCode actual, JsonElement body) = await PostAsync(reply);
        string message = body.GetProperty("error").GetProperty("message").GetString()!;
        Assert.That((int)actual, Is.EqualTo(status));
        Assert.That(message, Is.Not.Empty);
        EmulatorClient.AssertError(body, message, type, param, code);
    }

    [Test]
    public async Task ModelNotFound_NamesTheRequestedModel()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.ModelNotFound()));
        (_, JsonElement body) = await client.PostAsync(EmulatorClient.Chat(model: "this-model-does-not-exist"));
        EmulatorClient.AssertError(
            body, "The model `this-model-does-not-exist` does not exist or you do not have access to it.", "invalid_request_error", null, "model_not_found");
    }

    [TestCase(499)]
    [TestCase(600)]
    public void ServerError_OtherStatus_Throws(int status) =>
        Assert.That(() => EmulatorReply.ServerError(status), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task Stall_Cancelled_EndsPromptly()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Stall()));
        using var cancellation = new CancellationTokenSource();

        Task<HttpResponseMessage> request = client.SendAsync(EmulatorClient.Chat(), cancellation.Token);
        Assert.That(request.IsCompleted, Is.False);
        await cancellation.CancelAsync();

        Assert.That(async () => await request.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(client.Emulator.Requests.Single().Status, Is.Zero);
    }

    [Test]
    public void Reset_ThrowsAsASocketDoes()
    {
        HttpRequestException fault = Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(EmulatorReply.Reset()))!;
        Assert.That(fault.InnerException, Is.InstanceOf<IOException>());
        Assert.That(((SocketException)fault.InnerException!.InnerException!).SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
    }

    [Test]
    public void ConnectionRefused_ThrowsAsASocketDoes()
    {
        HttpRequestException fault = Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(EmulatorReply.ConnectionRefused()))!;
        Assert.That(fault.HttpRequestError, Is.EqualTo(HttpRequestError.ConnectionError));
        Assert.That(((SocketException)fault.InnerException!).SocketErrorCode, Is.EqualTo(SocketError.ConnectionRefused));
    }

    [Test]
    public async Task MalformedBody_IsJsonCutOff()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.MalformedBody());
        string body = await response.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(body, Does.StartWith("{\"id\":\"chatcmpl-emulator-1\""));
            Assert.That(() => EmulatorClient.Parse(body), Throws.InstanceOf<JsonException>());
        });
    }

    [Test]
    public async Task EmptyBody_IsOkAndEmpty()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.EmptyBody());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task BadGateway_IsHtml()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.BadGateway());
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        });
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("<html>"));
    }

    [Test]
    public async Task Raw_IsSentAsGiven()
    {
        using HttpResponseMessage response = await SendAsync(EmulatorReply.Raw(
            418, "no", "text/plain; charset=utf-8", ("x-request-id", "mine"), ("Retry-After", "Wed, 21 Oct 2037 07:28:00 GMT"), ("content-language", "en")));
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(418));
            Assert.That(response.Headers.GetValues("x-request-id"), Is.EqualTo(new[] { "mine" }));
            Assert.That(response.Headers.RetryAfter!.Date, Is.EqualTo(new DateTimeOffset(2037, 10, 21, 7, 28, 0, TimeSpan.Zero)));
            Assert.That(response.Content.Headers.ContentLanguage, Is.EqualTo(new[] { "en" }));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
        });
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("no"));
    }

    [Test]
    public void Raw_NoMediaType_Throws() => Assert.That(() => EmulatorReply.Raw(200, "", "nonsense"), Throws.InstanceOf<FormatException>());

    [TestCase(199)]
    [TestCase(600)]
    public void Raw_StatusOutOfRange_Throws(int status) =>
        Assert.That(() => EmulatorReply.Raw(status, ""), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static async Task<HttpResponseMessage> SendAsync(EmulatorReply reply)
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(reply));
        return await client.SendAsync(EmulatorClient.Chat());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(EmulatorReply reply)
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(reply));
        return await client.PostAsync(EmulatorClient.Chat());
    }

    private static async Task<JsonElement> ChoiceAsync(EmulatorReply reply) => (await PostAsync(reply)).Body.GetProperty("choices")[0];

    private static async Task<string> AskAsync(EmulatorReply reply) => (await ChoiceAsync(reply)).GetProperty("message").GetProperty("content").GetString()!;
}
