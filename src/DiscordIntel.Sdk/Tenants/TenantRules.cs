using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tenants;

/// <summary>Knows what holds for a tenant, and asks the host's policy no oftener than it has to.</summary>
internal sealed class TenantRules(ITenantPolicy? policy, TimeProvider time, ILogger<TenantRules> logger)
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private General? _general;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(CallRules? Rules, StepError? Error)> ForAsync(string tenant, DiscordIntelOptions options, CancellationToken cancellationToken)
    {
        if (policy is null)
        {
            return (GeneralRules(options), null);
        }

        bool isKnown = _known.TryGetValue(tenant, out Known? known) && ReferenceEquals(known.Options, options);
        if (isKnown && time.GetElapsedTime(known!.AskedAt) < options.Tenants.PolicyCacheDuration)
        {
            return (known.Rules, null);
        }

        long askedAt = time.GetTimestamp();
        (TenantPolicy? given, Exception? fault) = await HostCode.TryAsync(
            static (state, token) => state.policy.GetAsync(state.tenant, token), (policy, tenant), HostCode.Patience, time, cancellationToken).ConfigureAwait(false);
        string? reason = fault?.GetType().Name ?? (given is null ? null : string.Join(" ", given.Faults()) is { Length: > 0 } faults ? faults : null);
        if (reason is null)
        {
            return (Keep(tenant, given, options, askedAt), null);
        }

        Log.PolicyFailed(logger, IntelScope.Shown(tenant), reason, fault);

        // Kept as long as an answer is: a policy that fails or hangs must not be asked, and waited for, at every call.
        return known is not null
            ? (Keep(tenant, known.Policy, options, askedAt), null)
            : (null, new StepError
            {
                Kind = StepErrorKind.StoreUnavailable,
                Message = $"The tenant's policy could not be read from {policy.GetType().Name} ({reason}).",
                IsRetryable = true,
                Exception = fault,
            });
    }

    private CallRules Keep(string tenant, TenantPolicy? given, DiscordIntelOptions options, long askedAt)
    {
        if (_known.Count >= MostKept && !_known.ContainsKey(tenant))
        {
            _known.Clear();
        }

        // Of two calls that asked at the same time, the answer to the later question stays.
        var answer = new Known(CallRules.Of(options, given), given, options, askedAt);
        return _known.AddOrUpdate(tenant, static (_, mine) => mine, static (_, kept, mine) => kept.AskedAt > mine.AskedAt ? kept : mine, answer).Rules;
    }

    private CallRules GeneralRules(DiscordIntelOptions options)
    {
        General? general = Volatile.Read(ref _general);
        if (general is null || !ReferenceEquals(general.Options, options))
        {
            // Two calls may both make them after a change; either result serves.
            general = new General(options, CallRules.Of(options, null));
            Volatile.Write(ref _general, general);
        }

        return general.Rules;
    }

    private sealed record General(DiscordIntelOptions Options, CallRules Rules);

    private sealed record Known(CallRules Rules, TenantPolicy? Policy, DiscordIntelOptions Options, long AskedAt);
}
