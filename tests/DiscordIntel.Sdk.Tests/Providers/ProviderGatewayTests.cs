using System.ClientModel;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>Somebody else's client behind our gateway: its replies and its faults.</summary>
internal sealed class ProviderGatewayTests
{
    private static IEnumerable<TestCaseData> Faults()
    {
        yield return new(new HttpRequestException("no", null, System.Net.HttpStatusCode.Unauthorized), StepErrorKind.Unauthorized, 1);
        yield return new(new HttpRequestException("no", null, System.Net.HttpStatusCode.TooManyRequests), StepErrorKind.RateLimited, 3);
        yield return new(new HttpRequestException("no"), StepErrorKind.ProviderUnavailable, 3);
        yield return new(new ClientResultException("no", null, new HttpRequestException("no")), StepErrorKind.ProviderUnavailable, 3);
        yield return new(new IOException("no"), StepErrorKind.ProviderUnavailable, 3);
        yield return new(new TimeoutException("no"), StepErrorKind.Timeout, 3);
        yield return new(new TaskCanceledException("no"), StepErrorKind.Timeout, 3);
        yield return new(new System.Text.Json.JsonException("no"), StepErrorKind.InvalidResponse, 1);
        yield return new(new InvalidOperationException("no"), StepErrorKind.Unexpected, 1);
    }

    [TestCaseSource(nameof(Faults))]
    public async Task SendAsync_Fault_BecomesItsKind(Exception fault, StepErrorKind kind, int calls)
    {
        var client = new RoadChatClient(RoadChatClient.Throws(fault));

        StepResult<string> result = await AskAsync(client);

        Assert.That((result.Error!.Kind, client.Calls), Is.EqualTo((kind, calls)));
        Assert.That(result.Error.Message, Is.Not.Empty);
    }

    [Test]
    public async Task SendAsync_AnotherErrorInPlaceOfText_IsNoRefusal()
    {
        StepResult<string> result = await AskAsync(Answering(ChatFinishReason.Stop, new ErrorContent("Out of tea.") { ErrorCode = "TeaMissing" }));
        Assert.That((result.Error?.Kind, result.Error?.Partial), Is.EqualTo((StepErrorKind.InvalidResponse, (string?)null)));
    }

    [Test]
    public async Task SendAsync_RefusalAsErrorContent_IsRefused()
    {
        StepResult<string> result = await AskAsync(Answering(ChatFinishReason.Stop, new ErrorContent("I cannot.") { ErrorCode = "Refusal" }));

        Assert.That((result.Error!.Kind, result.Error.Partial, result.Error.IsRetryable), Is.EqualTo((StepErrorKind.Refused, "I cannot.", false)));
    }

    [TestCase("stop", "text", null)]
    [TestCase("eos", "text", null)]
    [TestCase("", "text", null)]
    [TestCase("length", "text", StepErrorKind.Truncated)]
    [TestCase("max_tokens", "text", StepErrorKind.Truncated)]
    [TestCase("content_filter", "text", StepErrorKind.ContentFiltered)]
    [TestCase("error", "text", StepErrorKind.ProviderUnavailable)]
    [TestCase("stop", "", StepErrorKind.InvalidResponse)]
    [TestCase("stop", " \n", StepErrorKind.InvalidResponse)]
    [TestCase("length", "", StepErrorKind.Truncated)]
    public async Task SendAsync_FinishReason_DecidesWhetherTheAnswerIsWhole(string finish, string text, StepErrorKind? kind)
    {
        var reason = finish.Length == 0 ? (ChatFinishReason?)null : new ChatFinishReason(finish);
        StepResult<string> result = await AskAsync(Answering(reason, new TextContent(text)));

        Assert.That(result.Error?.Kind, Is.EqualTo(kind));
        Assert.That(result.Value ?? result.Error!.Partial, Is.EqualTo(string.IsNullOrWhiteSpace(text) ? null : text));
    }

    [Test]
    public async Task SendAsync_UsageThatCannotBe_DoesNotThrow()
    {
        StepResult<string> result = await AskAsync(Answering(
            ChatFinishReason.Stop,
            new TextContent("Paris"),
            new UsageContent(new UsageDetails { InputTokenCount = -5, OutputTokenCount = long.MaxValue, CachedInputTokenCount = 7 })));

        Assert.That((result.Value, result.Receipt.Cost > 0, result.Receipt.CostIsEstimated), Is.EqualTo(("Paris", true, true)));
    }

    [Test]
    public async Task SendAsync_Scope_TravelsInTheOptionsAndNeverAsText()
    {
        RoadChatClient client = Answering(ChatFinishReason.Stop, new TextContent("Paris"));

        await AskAsync(client);

        Assert.That(client.LastOptions, Is.InstanceOf<IntelChatOptions>());
        Assert.That(((IntelChatOptions)client.LastOptions!.Clone()).Scope, Is.EqualTo(RoadHost.Scope));
    }

    /// <summary>The attempt's token belongs to a source that the next call uses again: it may end the opening, and nothing after it.</summary>
    [Test]
    public async Task OpenAsync_AttemptTokenCancelledAfterTheOpening_LeavesTheStreamOpen()
    {
        using var attempt = new CancellationTokenSource();
        using var caller = new CancellationTokenSource();
        var client = new RoadChatClient(RoadChatClient.Says("Par", "is"));
        CallContext context = Context(caller.Token);

        Attempt opened = await ProviderGateway.OpenAsync(client, context, attempt.Token);
        await attempt.CancelAsync();

        await using ModelStream stream = opened.Stream!;
        Assert.That(client.Tokens[0].IsCancellationRequested, Is.False);
        Assert.That(await ProviderGateway.NextAsync(stream, context), Is.True);
        Assert.That(stream.Current, Is.EqualTo("is"));

        await caller.CancelAsync();
        Assert.That(client.Tokens[0].IsCancellationRequested, Is.True, "the caller still ends it");
        Assert.That(await ProviderGateway.NextAsync(stream, context), Is.False);
        Assert.That((stream.End.IsCancelled, stream.End.BillIsUnknown), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task OpenAsync_AttemptTokenCancelledDuringTheOpening_EndsIt()
    {
        using var attempt = new CancellationTokenSource();
        var client = new RoadChatClient(RoadChatClient.Stalls());

        Task<Attempt> opening = ProviderGateway.OpenAsync(client, Context(CancellationToken.None), attempt.Token).AsTask();
        await attempt.CancelAsync();

        Attempt opened = await opening.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((opened.Error!.Kind, opened.IsTransient, client.Closed), Is.EqualTo((StepErrorKind.Timeout, true, 1)));
    }

    private static CallContext Context(CancellationToken caller) => new(
        new ModelCall<string> { Operation = "test", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) },
        RoadHost.Scope,
        new DiscordIntelOptions(),
        TimeProvider.System,
        caller);

    private static RoadChatClient Answering(ChatFinishReason? finish, params AIContent[] contents) => new(_ => Updates(finish, contents));

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(ChatFinishReason? finish, AIContent[] contents)
    {
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [.. contents]) { FinishReason = finish };
    }

    private static async Task<StepResult<string>> AskAsync(RoadChatClient client)
    {
        using var host = new RoadHost();
        return await host.Pipeline(client).RunAsync(
            new ModelCall<string> { Operation = "test", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) },
            RoadHost.Scope,
            CancellationToken.None);
    }
}
