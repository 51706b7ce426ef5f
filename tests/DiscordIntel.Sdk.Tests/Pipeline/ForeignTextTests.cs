using System.Net;
using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>What a server says of itself is not to be trusted either.</summary>
[TestFixture]
internal sealed class ForeignTextTests
{
    private static readonly IntelScope Scope = IntelScope.Guild(1, 2, 333_444_555_666_777_888);

    [Test]
    public async Task Receipt_ModelAndRequestIdWithSecretsAndEscapes_AreCleaned()
    {
        StepResult<string> result = await AskAsync(
            200,
            """{"id":"x","model":"ho\u001b[31muse\nmy words","choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}]}""",
            ("x-request-id", "Bearer sk-test-0123456789"));

        Assert.That(result.Receipt.Model, Does.Not.Contain("\u001b").And.Not.Contain("\n"));
        Assert.That(result.Receipt.RequestId, Does.Not.Contain("sk-test"));
    }

    [Test]
    public async Task Error_UserIdInAProvidersSentence_IsTakenOut()
    {
        StepResult<string> result = await AskAsync(400, """{"error":{"message":"user 333444555666777888 is odd"}}""");
        Assert.That(result.Error!.Message, Does.Contain("is odd").And.Not.Contain("333444555666777888"));
    }

    [Test]
    public async Task Error_NumbersOfAnAnswer_AreNotInTheMessage()
    {
        var emulator = new OpenAIEmulator().Always(EmulatorReply.Json("""{"name":333444555666777888,"age":5000}"""));
        await using ServiceProvider services = new ServiceCollection().AddDiscordIntel().UseEmulator(emulator).Services.BuildServiceProvider();
        var schema = System.Text.Json.JsonElement.Parse(
            """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","maximum":99}},"required":["name","age"]}""");

        StepResult<System.Text.Json.JsonElement> result =
            await services.GetRequiredService<StructuredOutputClient>().GenerateAsync(StructuredRequest.Of("Who?"), schema, Scope);

        Assert.That(result.Error!.Message, Does.Contain("$.name: a number is not of type string.").And.Contain("$.age: it is above the maximum 99."));
        Assert.That(result.Error.Message, Does.Not.Contain("333444555666777888").And.Not.Contain("5000"));
    }

    [Test]
    public async Task Answer_WithAByteOrderMark_IsRead()
    {
        StepResult<string> result = await AskAsync(200, "\uFEFF" + """{"choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}]}""");
        Assert.That(result.ValueOrThrow(), Is.EqualTo("Hi."));
    }

    [Test]
    public async Task Answer_ThatIsAWebPage_NamesTheSetting()
    {
        StepResult<string> result = await AskAsync(200, "<html></html>", type: "text/html");
        Assert.That(result.Error!.Message, Does.Contain("DiscordIntel:OpenAI:BaseUrl"));
    }

    [Test]
    public void Messages_NullOrWithANull_AreMisuse()
    {
        using ServiceProvider services = new ServiceCollection().AddDiscordIntel().UseEmulator(new OpenAIEmulator()).Services.BuildServiceProvider();
        TextClient text = services.GetRequiredService<TextClient>();
        StructuredOutputClient structured = services.GetRequiredService<StructuredOutputClient>();
        Assert.Multiple(() =>
        {
            Assert.That(() => text.CompleteAsync(new TextRequest { Messages = null! }, Scope), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => text.CompleteAsync(new TextRequest { Messages = [null!] }, Scope), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => structured.GenerateAsync<Answer>(new StructuredRequest { Messages = (IReadOnlyList<ChatMessage>)[null!] }, Scope), Throws.InstanceOf<ArgumentException>());
        });
    }

    [Test]
    public async Task UseEmulator_WithAnEmptyKeyAndABrokenAddress_Answers()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options => (options.OpenAI.ApiKey, options.OpenAI.BaseUrl) = ("", "nowhere")).UseEmulator(new OpenAIEmulator());
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That((await provider.GetRequiredService<TextClient>().CompleteAsync("Hello there.", Scope)).IsSuccess);
    }

    private static async Task<StepResult<string>> AskAsync(int status, string body, (string Name, string Value)? header = null, string type = "application/json")
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = "sk-test-0123456789";
            options.OpenAI.PrimaryHandler = () => new Canned(status, body, header, type);
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<TextClient>().CompleteAsync("Hello there.", Scope);
    }

    internal sealed record Answer(string Text);

    private sealed class Canned(int status, string body, (string Name, string Value)? header, string type) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            response.Content.Headers.ContentType = new(type);
            if (header is { } given)
            {
                response.Headers.TryAddWithoutValidation(given.Name, given.Value);
            }

            return Task.FromResult(response);
        }
    }
}
