using System.Text.Json;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>What is answered from the cache and what is not, on the road of a call.</summary>
internal sealed class CacheRoadTests
{
    [Test]
    public async Task GenerateAsync_EqualCall_SendsNothingAndTakesNothing()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", "1"));
        StepResult<Ruling> first = await host.RuleAsync();
        UsageReport before = await host.ReportAsync();

        StepResult<Ruling> second = await host.RuleAsync();

        Assert.That((first.Receipt.FromCache, first.Receipt.Attempts, second.Receipt.FromCache), Is.EqualTo((false, 1, true)));
        Assert.That(second.ValueOrThrow(), Is.EqualTo(first.ValueOrThrow()).And.Not.SameAs(first.Value));
        Assert.That((second.Receipt.Cost, second.Receipt.CostIsEstimated, second.Receipt.Attempts, second.Receipt.Provider), Is.EqualTo(((decimal?)0, false, 0, (string?)null)));
        Assert.That((second.Receipt.InputTokens, second.Receipt.OutputTokens, second.Receipt.RequestId), Is.EqualTo(((long?)0, (long?)0, (string?)null)));
        Assert.That(second.Receipt.Model, Is.EqualTo(first.Receipt.Model).And.Not.Null, "who gave the answer when it was given");
        Assert.That(host.Sent, Is.EqualTo(1));

        UsageReport after = await host.ReportAsync();
        Assert.That((after.Spent, after.Reserved, after.InputTokens), Is.EqualTo((before.Spent, 0m, before.InputTokens)));
        Assert.That((after.Calls, after.Succeeded, after.CacheHits), Is.EqualTo((2, 2, 1)));
        Assert.That((await host.RuleAsync("A new one.")).Error?.Kind, Is.EqualTo(StepErrorKind.RateLimited), "the only permit went to the first call");
    }

    [TestCase(false, 2)]
    [TestCase(true, 1)]
    public async Task CompleteAsync_FreeText_IsKeptOnlyWhenTheHostSaysSo(bool freeText, int sent)
    {
        using var host = new CallHost(("DiscordIntel:Cache:FreeText", freeText.ToString()));
        await host.Text.CompleteAsync("Hello", CallHost.Scope);
        StepResult<string> second = await host.Text.CompleteAsync("Hello", CallHost.Scope);
        Assert.That((second.Receipt.FromCache, host.Sent), Is.EqualTo((freeText, sent)));
        Assert.That(second.Value, Is.Not.Empty);
    }

    [Test]
    public async Task GenerateAsync_AnotherUserOrChannelOfTheTenant_Shares()
    {
        using var host = new CallHost();
        await host.RuleAsync();
        StepResult<Ruling> other = await host.RuleAsync(scope: IntelScope.Guild(11, 99, 98));
        Assert.That((other.Receipt.FromCache, host.Sent), Is.EqualTo((true, 1)));
    }

    private static readonly (string What, Func<CallHost, Task<StepReceipt>> Ask)[] Others =
    [
        ("tenant", async host => (await host.RuleAsync(scope: IntelScope.Guild(10, 12, 13))).Receipt),
        ("direct message", async host => (await host.RuleAsync(scope: IntelScope.DirectMessage(13))).Receipt),
        ("prompt", async host => (await host.RuleAsync("Who won? ")).Receipt),
        ("model", async host => (await host.RuleAsync(generation: new() { Model = "gpt-4o-mini" })).Receipt),
        ("temperature", async host => (await host.RuleAsync(generation: new() { Temperature = 0.1f })).Receipt),
        ("length", async host => (await host.RuleAsync(generation: new() { MaxOutputTokens = 500 })).Receipt),
        ("role", async host => (await Asked(host, new ChatMessage(ChatRole.System, "Who won?"))).Receipt),
        ("history", async host => (await Asked(host, new(ChatRole.User, "Hi"), new(ChatRole.User, "Who won?"))).Receipt),
        ("type", async host => (await host.Structured.GenerateAsync<Appointment>("Who won?", CallHost.Scope)).Receipt),
        ("name of the schema", async host => (await host.Structured.GenerateAsync<Ruling>(StructuredRequest.Of("Who won?") with { SchemaName = "other" }, CallHost.Scope)).Receipt),
        ("hidden limit", async host => (await host.Structured.GenerateAsync(StructuredRequest.Of("Who won?"), Schema(60), CallHost.Scope)).Receipt),
        ("free text", async host => (await host.Text.CompleteAsync("Who won?", CallHost.Scope)).Receipt),
    ];

    [Test]
    public async Task GenerateAsync_AnythingElseAsked_IsAskedAnew()
    {
        using var host = new CallHost(("DiscordIntel:Cache:FreeText", "true"));
        host.Emulator.Always(null);
        await host.RuleAsync();
        await host.Structured.GenerateAsync(StructuredRequest.Of("Who won?"), Schema(50), CallHost.Scope);
        int sent = host.Sent;
        foreach ((string what, Func<CallHost, Task<StepReceipt>> ask) in Others)
        {
            StepReceipt receipt = await ask(host);
            Assert.That((receipt.FromCache, receipt.Attempts > 0), Is.EqualTo((false, true)), what);
            Assert.That(host.Sent, Is.GreaterThan(sent), what);
            sent = host.Sent;
        }

        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True, "and none of them took the first one's place");
    }

    [Test]
    public async Task GenerateAsync_OtherDeadlineOrBackground_IsTheSameQuestion()
    {
        using var host = new CallHost();
        await host.RuleAsync();
        StepResult<Ruling> second = await host.RuleAsync(generation: new() { Timeout = TimeSpan.FromSeconds(5), Background = true });
        Assert.That(second.Receipt.FromCache, Is.True);
    }

    private static readonly (StepErrorKind Kind, EmulatorReply Reply)[] Failures =
    [
        (StepErrorKind.Refused, EmulatorReply.Refusal("No.")),
        (StepErrorKind.Truncated, EmulatorReply.Truncated(Ruling.Lawful[..20])),
        (StepErrorKind.ContentFiltered, EmulatorReply.ContentFiltered()),
        (StepErrorKind.InvalidResponse, EmulatorReply.MalformedBody()),
        (StepErrorKind.ContextTooLong, EmulatorReply.ContextTooLong()),
        (StepErrorKind.QuotaExhausted, EmulatorReply.QuotaExhausted()),
        (StepErrorKind.Unauthorized, EmulatorReply.Unauthorized()),
    ];

    [TestCaseSource(nameof(FailureKinds))]
    public async Task GenerateAsync_Failure_IsNotKept(StepErrorKind kind)
    {
        using var host = new CallHost();
        EmulatorReply reply = Failures.First(failure => failure.Kind == kind).Reply;
        host.Emulator.Enqueue(reply, reply);
        Assert.That((await host.RuleAsync()).Error?.Kind, Is.EqualTo(kind));
        StepResult<Ruling> second = await host.RuleAsync();
        Assert.That((second.Error?.Kind, second.Receipt.FromCache, host.Sent), Is.EqualTo((kind, false, 2)));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True, "the success is kept");
    }

    private static IEnumerable<StepErrorKind> FailureKinds => Failures.Select(failure => failure.Kind);

    [Test]
    public async Task GenerateAsync_AnswerOfAReAsk_IsNotKept()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.Json("{}"), EmulatorReply.Json(Ruling.Lawful), EmulatorReply.Json("{}"), EmulatorReply.Json(Ruling.Lawful));
        for (int i = 1; i <= 2; i++)
        {
            StepResult<Ruling> result = await host.RuleAsync();
            Assert.That((result.IsSuccess, result.Receipt.FromCache, result.Receipt.Attempts, host.Sent), Is.EqualTo((true, false, 2, 2 * i)));
        }
    }

    private static Task<StepResult<Ruling>> Asked(CallHost host, params ChatMessage[] messages) =>
        host.Structured.GenerateAsync<Ruling>(new StructuredRequest { Messages = messages }, CallHost.Scope);

    // The length is not among the words of strict mode: it is checked here alone, and the request is the same.
    private static JsonElement Schema(int most) => JsonElement.Parse($$"""{"type":"object","properties":{"name":{"type":"string","maxLength":{{most}} } } }""");
}
