using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

/// <summary>An answer that does not fit is asked for once more, with what was wrong, inside the same deadline.</summary>
internal sealed class StructuredReAskTests : ClientFixture
{
    private const string OutOfRange = """{"winner":"Mara","score":11,"margin":"Clear","note":null,"weight":null}""";

    private StructuredOutputClient Client => Get<StructuredOutputClient>();

    [Test]
    public async Task InvalidAnswer_IsAskedAgainWithItselfAndTheIssues()
    {
        Emulator.Enqueue(Completion(OutOfRange, 100, 10), Completion(Ruling.Lawful, 150, 20));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.ValueOrThrow().Score, Is.EqualTo(8));
        Assert.That(Emulator.Requests, Has.Count.EqualTo(2));
        Assert.That(Message(1, 0, "user"), Is.EqualTo("Who won?"));
        Assert.That(Message(1, 1, "assistant"), Is.EqualTo(OutOfRange));
        Assert.That(Message(1, 2, "user"), Does.Contain("$.score").And.Contains("11").And.Contains("10"));
    }

    [Test]
    public async Task InvalidAnswer_ReceiptAddsUp()
    {
        Emulator.Enqueue(Completion(OutOfRange, 100, 10), Completion(Ruling.Lawful, 150, 20), Completion(Ruling.Lawful, 250, 30));

        StepReceipt both = (await Client.GenerateAsync<Ruling>("Who won?", Scope)).Receipt;
        StepReceipt one = (await Client.GenerateAsync<Ruling>("Who won?", Scope)).Receipt;

        Assert.That((both.Attempts, both.InputTokens, both.OutputTokens), Is.EqualTo((2, 250L, 30L)));
        Assert.That(one.Cost, Is.GreaterThan(0m));
        Assert.That(both.Cost, Is.EqualTo(one.Cost), "the same tokens in one call");
    }

    [Test]
    public async Task InvalidTwice_IsInvalidResponseWithTheLastAnswer()
    {
        Emulator.Enqueue(Completion(OutOfRange), Completion("""{"winner":"Mara"}"""));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
        Assert.That(result.Error!.Partial, Is.EqualTo("""{"winner":"Mara"}"""));
        Assert.That(result.Error.IsRetryable, Is.True);
        Assert.That((result.Receipt.Attempts, result.Receipt.InputTokens, Emulator.Requests.Count), Is.EqualTo((2, 200L, 2)));
    }

    [Test]
    public async Task ReAskThatFails_GivesThatFailureAndTheSumOfBoth()
    {
        Emulator.Enqueue(Completion(OutOfRange), EmulatorReply.Refusal("No."));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.Refused));
        Assert.That((result.Receipt.Attempts, Emulator.Requests.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task ValueThatFitsTheSchemaAndNotTheType_IsAskedAgain()
    {
        Emulator.Enqueue(
            Completion("""{"title":"Vote","when":"on the day after tomorrow"}"""),
            Completion("""{"title":"Vote","when":"2026-03-01T18:00:00Z"}"""));

        StepResult<Appointment> result = await Client.GenerateAsync<Appointment>("When?", Scope);

        Assert.That(result.ValueOrThrow().When, Is.EqualTo(new DateTime(2026, 3, 1, 18, 0, 0, DateTimeKind.Utc)));
        Assert.That(Message(1, -1, "user"), Does.Contain("$.when"));
    }

    [Test]
    public async Task ValueThatAConstructorRefuses_IsAskedAgain()
    {
        Emulator.Enqueue(Completion("""{"name":"nobody"}"""), Completion("""{"name":"Mara"}"""));

        StepResult<Picky> result = await Client.GenerateAsync<Picky>("Who?", Scope);

        Assert.That(result.ValueOrThrow().Name, Is.EqualTo("Mara"));
        Assert.That(Emulator.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Message_OfAnAnswerThatDoesNotFit_HoldsThePlacesAndNoneOfItsWords()
    {
        const string Canary = "kestrel wept";
        Emulator.Always(Completion($$"""{"winner":"{{Canary}} {{Canary}} {{Canary}} {{Canary}}","score":"{{Canary}}","margin":"{{Canary}}","{{Canary}}":1}"""));

        StepError error = (await Client.GenerateAsync<Ruling>("Who won?", Scope)).Error!;

        Assert.That(error.Message, Does.Contain("$.score").And.Contains("$.margin").And.Contains("$: it holds a member that is not known."));
        Assert.That(error.Message, Does.Not.Contain("kestrel"));
        Assert.That(Message(1, -1, "user"), Does.Contain("kestrel"), "the model is told what was wrong");
    }

    [Test]
    public async Task Deadline_SpansTheReAsk()
    {
        Configure(options => options.OpenAI.PrimaryHandler = () => new SlowHandler(Emulator.CreateHandler(), () => Time.Advance(TimeSpan.FromSeconds(1.5))));
        Emulator.Enqueue(Completion(OutOfRange), Completion(Ruling.Lawful));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>(Within(2), Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.Timeout));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Deadline_WithRoomForTheReAsk_Succeeds()
    {
        Configure(options => options.OpenAI.PrimaryHandler = () => new SlowHandler(Emulator.CreateHandler(), () => Time.Advance(TimeSpan.FromSeconds(1.5))));
        Emulator.Enqueue(Completion(OutOfRange), Completion(Ruling.Lawful));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>(Within(4), Scope);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Receipt.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Deadline_PassedWithTheFirstAnswer_SendsNoReAsk()
    {
        Emulator.Always(Completion("""{"name":"Mara"}"""));
        Late.OnRead = () => Time.Advance(TimeSpan.FromSeconds(2));

        StepResult<Late> result = await Client.GenerateAsync<Late>(Within(2), Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.Timeout));
        Assert.That(result.Error!.IsRetryable, Is.True);
        Assert.That((result.Receipt.Attempts, Emulator.Requests.Count), Is.EqualTo((1, 1)));
    }

    private static StructuredRequest Within(double seconds) =>
        StructuredRequest.Of("Who won?") with { Generation = new GenerationOptions { Timeout = TimeSpan.FromSeconds(seconds) } };

    /// <summary>The network takes its time before each answer.</summary>
    private sealed class SlowHandler(HttpMessageHandler inner, Action wait) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            wait();
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Cannot be read, and takes its time over it.</summary>
    internal sealed class Late
    {
        public Late(string name)
        {
            OnRead();
            throw new FormatException(name);
        }

        public static Action OnRead { get; set; } = static () => { };

        public string Name => "";
    }
}
