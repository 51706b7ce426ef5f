using System.Runtime.CompilerServices;
using DiscordIntel.Configuration;
using DiscordIntel.Results;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>A call whose answer is there ends here. Of equal calls at the same time one goes on, and the others wait for its answer.</summary>
internal sealed class CacheStage(ReplyCache cache) : PipelineStage
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<StepError?> EnterAsync(CallContext context)
    {
        CacheOptions options = context.Options.Cache;
        if (!options.Enabled)
        {
            cache.Clear();
            return null;
        }

        if (context.IsStreamed || !context.Call.IsCacheable || (context.Call.Feature is IntelFeature.Text && !options.FreeText))
        {
            return null;
        }

        TenantGeneration tenant = cache.GenerationOf(context.Scope.Tenant);
        var parts = new CacheKeyParts
        {
            Tenant = tenant,
            Server = context.Route!.Server,
            Operation = context.Call.Operation,
            Reader = context.Call.Reader,
            Options = context.ChatOptions!,
            Messages = context.Call.Messages,
            Nonce = context.Call.Nonce,
        };
        if (!CacheKeyWriter.TryWrite(parts, out CacheKey key))
        {
            return null;
        }

        if (await cache.EnterAsync(tenant, key, options, context.Remaining, context.CallerToken).ConfigureAwait(false) is not { } entry)
        {
            return new StepError
            {
                Kind = StepErrorKind.Timeout,
                Message = "The call's time ran out while it waited for the answer to an equal call.",
                IsRetryable = true,
            };
        }

        context.Cached = new CacheTicket(entry, tenant, key);
        return null;
    }

    public override void End(CallContext context, in CallOutcome outcome)
    {
        if (context.Cached is not { } ticket)
        {
            return;
        }

        ticket.Entry.Flight?.Complete(outcome.IsSuccess && context.Reply is { } reply ? CachedReply.Of(reply, context.Call.Nonce) : null);
        if (ticket.Entry.Reply is not null && outcome.Error is not null)
        {
            // Kept, and yet not readable for this caller: the next one asks again.
            cache.Drop(ticket.Tenant, ticket.Key);
        }
    }
}
