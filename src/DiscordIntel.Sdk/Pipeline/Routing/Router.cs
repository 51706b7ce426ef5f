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
    private readonly ShutdownNotices _shutdowns = new(logger);
    private ModelRoute? _route;

    /// <summary>A plain call: the last attempt, whether it answered or not.</summary>
    public ValueTask<Attempt> SendAsync(CallContext context) => RunAsync(context, static (client, call, token) => ProviderGateway.SendAsync(client, call, token));

    /// <summary>A stream, standing on its first update. After that there is no retry.</summary>
    public ValueTask<Attempt> OpenAsync(CallContext context) => RunAsync(context, static (client, call, token) => ProviderGateway.OpenAsync(client, call, token));

    private async ValueTask<Attempt> RunAsync(CallContext context, Func<IChatClient, CallContext, CancellationToken, ValueTask<Attempt>> send)
    {
        ModelRoute route = RouteOf(context.Options);
        Prepare(context, route);
        ResilienceContext polly = ResilienceContextPool.Shared.Get(context.CallerToken);
        polly.Properties.Set(RetryLoop.Context, context);
        Outcome<Attempt> outcome = await route.Resilience.ExecuteOutcomeAsync(
            static async (polly, state) => Outcome.FromResult(await state.Self.AttemptAsync(state.Route, state.Context, state.Send, polly.CancellationToken).ConfigureAwait(false)),
            polly,
            (Self: this, Route: route, Context: context, Send: send)).ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(polly);

        if (outcome.Exception is OperationCanceledException && context.CallerToken.IsCancellationRequested)
        {
            // The one exception that Polly has here: the caller gave up during a wait.
            return new Attempt { IsCancelled = true };
        }

        outcome.ThrowIfException();
        return outcome.Result;
    }

    private async ValueTask<Attempt> AttemptAsync(
        ModelRoute route, CallContext context, Func<IChatClient, CallContext, CancellationToken, ValueTask<Attempt>> send, CancellationToken attemptToken)
    {
        context.Attempts++;
        using AttemptSpan span = telemetry.StartAttempt(context);
        Attempt attempt = await send(route.Client, context, attemptToken).ConfigureAwait(false);
        if (attempt.Reply is { } reply)
        {
            context.Book(reply);
        }
        else if (attempt.BillIsUnknown)
        {
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
        context.Provider = route.Provider;
        context.Model = model;
        context.Catalog = route.Catalog;
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
