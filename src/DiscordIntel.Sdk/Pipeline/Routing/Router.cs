using System.Runtime.CompilerServices;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;

namespace DiscordIntel.Pipeline.Routing;

/// <summary>Brings a call to the provider, attempt by attempt.</summary>
internal sealed class Router(
    Func<DiscordIntelOptions, IChatClient> clientFactory,
    BudgetKeeper budgets,
    ProviderPauses pauses,
    IntelTelemetry telemetry,
    TimeProvider time,
    ILogger<Router> logger)
{
    private delegate ValueTask<Attempt> Sender(IChatClient client, CallContext context, CancellationToken attemptToken);

    private readonly ShutdownNotices _shutdowns = new(logger);
    private ModelRoute? _route;

    /// <summary>What is known of the models under these options.</summary>
    public ModelCatalog CatalogOf(DiscordIntelOptions options) => RouteOf(options).Catalog;

    /// <summary>Finds the road and shapes the request; nothing is sent.</summary>
    public void Prepare(CallContext context, string model)
    {
        ModelRoute route = RouteOf(context.Options);
        GenerationOptions generation = context.Generation;
        route.Catalog.TryFind(model, out ModelInfo? known);
        context.Route = route;
        context.Model = model;
        context.KnownModel = known;
        context.ChatOptions = new IntelChatOptions
        {
            ModelId = model,
            Model = known,
            Scope = context.Scope,
            MaxOutputTokens = generation.MaxOutputTokens,
            Temperature = generation.Temperature,
            ReasoningEffort = generation.ReasoningEffort,
            ResponseFormat = context.Call.Format,
            Tools = context.Call.Tools,
            ToolMode = context.Call.ToolMode,
            AllowMultipleToolCalls = context.Call.AllowMultipleToolCalls,
        };
        if (known is not null && _shutdowns.For(known, time.GetUtcNow()) is { } notice)
        {
            context.Account.Warn(notice);
        }
    }

    /// <summary>A plain call: the last attempt, whether it answered or not.</summary>
    public ValueTask<Attempt> SendAsync(CallContext context) => RunAsync(context, ProviderGateway.SendAsync);

    /// <summary>A stream, standing on its first text. After that there is no retry.</summary>
    public ValueTask<Attempt> OpenAsync(CallContext context) => RunAsync(context, ProviderGateway.OpenAsync);

    /// <summary>Closes the connection of a stream, so that nothing more is billed, and books what it took, however it ended. Only the first telling counts.</summary>
    public async ValueTask CloseAsync(CallContext context, ModelStream stream)
    {
        if (context.OpenSpan is not { } span)
        {
            return;
        }

        context.OpenSpan = null;
        await ProviderGateway.CloseAsync(stream).ConfigureAwait(false);
        Attempt told = stream.End with { Reply = stream.End.Reply ?? stream.ToResponse() };
        context.Book(told.Reply);
        await budgets.SettleAsync(context, told.Reply).ConfigureAwait(false);
        ObeyPause(context, told);
        span.End(told);
        span.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> RunAsync(CallContext context, Sender send)
    {
        ResilienceContext polly = ResilienceContextPool.Shared.Get(context.CallerToken);
        polly.Properties.Set(RetryLoop.Context, context);
        Outcome<Attempt> outcome = await context.Route!.Resilience.ExecuteOutcomeAsync(
            static (polly, call) => call.Self.AttemptAsync(polly.Properties.GetValue(RetryLoop.Context, null!), call.Send, polly.CancellationToken),
            polly,
            (Self: this, Send: send)).ConfigureAwait(false);
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
    private async ValueTask<Outcome<Attempt>> AttemptAsync(CallContext context, Sender send, CancellationToken attemptToken)
    {
        if (pauses.Remaining(context.Route!.Account, context.Model) is { } pause)
        {
            return Outcome.FromResult(Paused(context, pause));
        }

        if (context.Remaining <= TimeSpan.Zero)
        {
            return Outcome.FromResult(Late(context));
        }

        if (await budgets.ReserveAsync(context).ConfigureAwait(false) is { } refused)
        {
            return Outcome.FromResult(new Attempt { Error = refused, IsCancelled = context.CallerToken.IsCancellationRequested });
        }

        if (attemptToken.IsCancellationRequested)
        {
            // A slow ledger, or a caller who left meanwhile: nothing was sent, so nothing is charged.
            Attempt late = Late(context);
            await budgets.SettleAsync(context, late).ConfigureAwait(false);
            return Outcome.FromResult(late);
        }

        context.Account.Attempts++;
        AttemptSpan span = telemetry.StartAttempt(context);
        Attempt attempt = await send(context.Route!.Client, context, attemptToken).ConfigureAwait(false);
        if (attempt.Stream is not null)
        {
            // It is accounted for when it ends.
            span.Begin();
            context.OpenSpan = span;
            context.Account.TimeToFirstChunk = context.Elapsed;
            return Outcome.FromResult(attempt);
        }

        if (attempt.Reply is { } reply)
        {
            context.Book(reply);
        }

        await budgets.SettleAsync(context, attempt).ConfigureAwait(false);
        ObeyPause(context, attempt);
        span.End(attempt);
        span.Dispose();
        return Outcome.FromResult(attempt);
    }

    // One server's pause is everybody's: the next caller would only be told the same again.
    private void ObeyPause(CallContext context, in Attempt attempt)
    {
        TimeSpan? asked = attempt.Error is { Kind: StepErrorKind.RateLimited, RetryAfter: { } wait } ? wait
            : (attempt.Reply?.RawRepresentation as ReplyDetails)?.Pause;
        if (asked is { } pause && pause > TimeSpan.Zero)
        {
            pauses.Pause(context.Route!.Account, context.Model, pause, context.Options.Resilience.MaxDelay);
        }
    }

    private static Attempt Late(CallContext context) => new()
    {
        IsCancelled = context.CallerToken.IsCancellationRequested,
        Error = new StepError
        {
            Kind = StepErrorKind.Timeout,
            Message = "The call's time ran out before the request could be sent.",
            IsRetryable = true,
        },
    };

    private static Attempt Paused(CallContext context, TimeSpan pause) => new()
    {
        IsPaused = true,
        Error = new StepError
        {
            Kind = StepErrorKind.RateLimited,
            Message = $"{context.Provider} has asked to wait before the next request to {context.Model}.",
            IsRetryable = true,
            RetryAfter = pause,
        },
    };

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
