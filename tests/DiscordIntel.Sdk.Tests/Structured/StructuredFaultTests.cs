using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

/// <summary>What a provider does wrong, seen through the structured client.</summary>
internal sealed class StructuredFaultTests : ClientFixture
{
    private static readonly object[] Faults =
    [
        new object[] { EmulatorReply.Refusal("I won't."), StepErrorKind.Refused, 1, "I won't." },
        new object[] { EmulatorReply.Truncated("""{"winner":"Ma"""), StepErrorKind.Truncated, 1, """{"winner":"Ma""" },
        new object[] { EmulatorReply.ContentFiltered(), StepErrorKind.ContentFiltered, 1, null! },
        new object[] { EmulatorReply.ContentFiltered(withMessage: false), StepErrorKind.ContentFiltered, 1, null! },
        new object[] { EmulatorReply.NoChoices(), StepErrorKind.InvalidResponse, 1, null! },
        new object[] { EmulatorReply.Text(""), StepErrorKind.InvalidResponse, 1, null! },
        new object[] { EmulatorReply.EmptyBody(), StepErrorKind.InvalidResponse, 1, null! },
        new object[] { EmulatorReply.MalformedBody(), StepErrorKind.InvalidResponse, 1, null! },
        new object[] { EmulatorReply.ErrorInOk(), StepErrorKind.ProviderUnavailable, 3, null! },
        new object[] { EmulatorReply.RateLimited(TimeSpan.FromMinutes(5)), StepErrorKind.RateLimited, 1, null! },
        new object[] { EmulatorReply.QuotaExhausted(), StepErrorKind.QuotaExhausted, 1, null! },
        new object[] { EmulatorReply.Unauthorized(), StepErrorKind.Unauthorized, 1, null! },
        new object[] { EmulatorReply.ModelNotFound(), StepErrorKind.ModelUnavailable, 1, null! },
        new object[] { EmulatorReply.ContextTooLong(), StepErrorKind.ContextTooLong, 1, null! },
        new object[] { EmulatorReply.ServerError(), StepErrorKind.ProviderUnavailable, 3, null! },
        new object[] { EmulatorReply.Overloaded(), StepErrorKind.ProviderUnavailable, 3, null! },
        new object[] { EmulatorReply.BadGateway(), StepErrorKind.ProviderUnavailable, 3, null! },
        new object[] { EmulatorReply.Reset(), StepErrorKind.ProviderUnavailable, 3, null! },
        new object[] { EmulatorReply.ConnectionRefused(), StepErrorKind.ProviderUnavailable, 3, null! },
    ];

    private StructuredOutputClient Client => Get<StructuredOutputClient>();

    [TestCaseSource(nameof(Faults))]
    public async Task GenerateAsync_Fault_HasItsKind(EmulatorReply reply, StepErrorKind kind, int requests, string? partial)
    {
        Emulator.Always(reply);

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
        Assert.That(result.Error!.Partial, Is.EqualTo(partial));
        Assert.That(result.Error.Message, Is.Not.Empty.And.Not.Contains("Exception"));
        Assert.That(result.Error.UserMessage, Is.Not.Empty);
        Assert.That((result.Receipt.Attempts, Emulator.Requests.Count), Is.EqualTo((requests, requests)), "a fault of the provider is no wrong answer: it is not asked again");
    }

    [Test]
    public async Task GenerateAsync_RateLimitedForLong_SaysWhenToComeBack()
    {
        Emulator.Always(EmulatorReply.RateLimited(TimeSpan.FromMinutes(5)));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.Error!.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task GenerateAsync_FaultThenAnswer_Succeeds()
    {
        Emulator.Enqueue(EmulatorReply.ServerError(), EmulatorReply.Overloaded(), Completion(Ruling.Lawful));

        StepResult<Ruling> result = await Client.GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Receipt.Attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task GenerateAsync_Stall_EndsWithTheCallsTimeout()
    {
        Emulator.Always(EmulatorReply.Stall());
        var request = StructuredRequest.Of("Who won?") with { Generation = new GenerationOptions { Timeout = TimeSpan.FromSeconds(2) } };

        Task<StepResult<Ruling>> asked = Client.GenerateAsync<Ruling>(request, Scope);
        await ReceivedAsync(1);
        Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(asked.IsCompleted, Is.False);
        Time.Advance(TimeSpan.FromSeconds(0.1));
        StepResult<Ruling> result = await asked;

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.Timeout));
        Assert.That((result.Receipt.Attempts, result.Receipt.Elapsed), Is.EqualTo((1, TimeSpan.FromSeconds(2))));
    }

    [Test]
    public async Task GenerateAsync_CancelledWhileItWaits_Throws()
    {
        Emulator.Always(EmulatorReply.Stall());
        using var caller = new CancellationTokenSource();

        Task<StepResult<Ruling>> asked = Client.GenerateAsync<Ruling>("Who won?", Scope, caller.Token);
        await ReceivedAsync(1);
        await caller.CancelAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task GenerateAsync_CancelledDuringTheReAsk_Throws()
    {
        Emulator.Enqueue(Completion("{}"), EmulatorReply.Stall());
        using var caller = new CancellationTokenSource();

        Task<StepResult<Ruling>> asked = Client.GenerateAsync<Ruling>("Who won?", Scope, caller.Token);
        await ReceivedAsync(2);
        await caller.CancelAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
    }
}
