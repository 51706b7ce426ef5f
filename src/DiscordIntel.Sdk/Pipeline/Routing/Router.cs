using System.Runtime.CompilerServices;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;

namespace DiscordIntel.Pipeline.Routing;

/// <summary>Brings a call to the provider, attempt by attempt.</summary>
internal sealed class Router(Func<DiscordIntelOptions, IChatClient> clientFactory, IntelTelemetry telemetry, TimeProvider time, ILogger<Router> logger)
{
    private delegate ValueTask<Attempt> Sender(IChatClient client, CallContext context, CancellationToken attemptToken);

    private readonly ShutdownNotices _shutdowns = new(logger);
    private ModelRoute? _route;

    /// <summary>A plain call: the last attempt, whether it answered or not.</summary>
    public ValueTask<Attempt> SendAsync(CallContext context) => RunAsync(context, ProviderGateway.SendAsync);

    /// <summary>A stream, standing on its first update. After that there is no retry.</summary>
    public ValueTask<Attempt> OpenAsync(CallContext context) => RunAsync(context, ProviderGateway.OpenAsync);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> RunAsync(CallContext context, Sender send)
    {
        ModelRoute route = RouteOf(context.Options);
        Prepare(context, route);
        ResilienceContext polly = ResilienceContextPool.Shared.Get(context.CallerToken);
        polly.Properties.Set(RetryLoop.Context, context);
        Outcome<Attempt> outcome = await route.Resilience.ExecuteOutcomeAsync(
            OneAttemptAsync, polly, (Self: this, Send: send)).ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(polly);

        if (outcome.Exception is OperationCanceledException && context.CallerToken.IsCancellationRequested)
        {
            // The one exception that Polly has here: the caller gave up during a wait.
            return new Attempt { IsCancelled = true };
        }

        outcome.ThrowIfException();
        return outcome.Result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Outcome<Attempt>> OneAttemptAsync(
        ResilienceContext polly, (Router Self, Sender Send) call) =>
        Outcome.FromResult(await call.Self.AttemptAsync(polly.Properties.GetValue(RetryLoop.Context, null!), call.Send, polly.CancellationToken).ConfigureAwait(false));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> AttemptAsync(CallContext context, Sender send, CancellationToken attemptToken)
    {
        context.Attempts++;
        using AttemptSpan span = telemetry.StartAttempt(context);
        Attempt attempt = await send(context.Route!.Client, context, attemptToken).ConfigureAwait(false);
        if (attempt.Reply is { } reply)
        {
            context.Book(reply);
        }
        else if (attempt.BillIsUnknown || attempt.Stream is not null)
        {
            // Nobody knows yet what a stream will have cost.
            context.BookUnknownBill();
        }

        span.End(attempt);
        return attempt;
    }

    private void Prepare(CallContext context, ModelRoute route)
    {
        GenerationOptions generation = context.Generation;
        string model = generation.Model ?? context.Options.Models.Text;
        route.Catalog.TryFind(model, out ModelInfo? known);
        context.Route = route;
        context.Model = model;
        context.ChatOptions = new IntelChatOptions
        {
            ModelId = model,
            Model = known,
            Scope = context.Scope,
            MaxOutputTokens = generation.MaxOutputTokens,
            Temperature = generation.Temperature,
            ReasoningEffort = generation.ReasoningEffort,
            ResponseFormat = context.Call.Format,
        };
        if (known is not null && _shutdowns.For(known, time.GetUtcNow()) is { } notice)
        {
            context.Warn(notice);
        }
    }

    private ModelRoute RouteOf(DiscordIntelOptions options)
    {
        ModelRoute? route = Volatile.Read(ref _route);
        if (route is null || !ReferenceEquals(route.Options, options))
        {
            // Two calls may both build after a change; either result serves.
            route = new ModelRoute(
                options,
                OpenAIClientFactory.ProviderName,
                clientFactory(options),
                ModelCatalog.Default.With(options.Models.Catalog),
                RetryLoop.Build(options.Resilience, time));
            Volatile.Write(ref _route, route);
        }

        return route;
    }
}
