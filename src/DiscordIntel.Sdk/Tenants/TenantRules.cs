using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tenants;

/// <summary>
/// Knows what holds for a tenant, and asks the host's policy no oftener than it has to: calls at the same time share one question. No caller's leaving ends it
/// for the others.
/// </summary>
internal sealed class TenantRules(ITenantPolicy? policy, TimeProvider time, ILogger<TenantRules> logger)
{
    private const int MostKept = 100_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal);
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

        return await QuestionOf(tenant, options).Answer.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The question that is under way for the tenant, if its answer will still be young enough, or a new one.</summary>
    private Question QuestionOf(string tenant, DiscordIntelOptions options)
    {
        lock (_gate)
        {
            if (!_questions.TryGetValue(tenant, out Question? question) || !ReferenceEquals(question.Options, options)
                || time.GetElapsedTime(question.AskedAt) >= options.Tenants.PolicyCacheDuration)
            {
                question = new Question(options, time.GetTimestamp());
                Question mine = question;
                question.Answer = new(() => AskAsync(tenant, mine));
                _questions[tenant] = question;
            }

            return question;
        }
    }

    private async Task<(CallRules? Rules, StepError? Error)> AskAsync(string tenant, Question question)
    {
        try
        {
            return await AskAsync(tenant, question.Options, question.AskedAt).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (_questions.TryGetValue(tenant, out Question? last) && ReferenceEquals(last, question))
                {
                    _questions.Remove(tenant);
                }
            }
        }
    }

    private async Task<(CallRules? Rules, StepError? Error)> AskAsync(string tenant, DiscordIntelOptions options, long askedAt)
    {
        // The policy's own token: it ends with the patience and not with the caller who happened to come first.
        using var patience = new CancellationTokenSource(HostCode.Patience, time);
        (TenantPolicy? given, Exception? fault) = await HostCode.TryAsync(
            static (state, _) => state.policy.GetAsync(state.tenant, state.Token),
            (policy: policy!, tenant, patience.Token),
            HostCode.Patience,
            time,
            CancellationToken.None).ConfigureAwait(false);
        string? reason = fault is OperationCanceledException && patience.IsCancellationRequested ? nameof(TimeoutException)
            : fault?.GetType().Name ?? (given is null ? null : string.Join(" ", given.Faults()) is { Length: > 0 } faults ? faults : null);
        if (reason is null)
        {
            return (Keep(tenant, given, options, askedAt), null);
        }

        Log.PolicyFailed(logger, IntelScope.Shown(tenant), reason, fault);

        // Kept as long as an answer is: a policy that fails or hangs must not be asked, and waited for, at every call.
        return _known.TryGetValue(tenant, out Known? known)
            ? (Keep(tenant, known.Policy, options, askedAt), null)
            : (null, new StepError
            {
                Kind = StepErrorKind.StoreUnavailable,
                Message = $"The tenant's policy could not be read from {policy!.GetType().Name} ({reason}).",
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

    private sealed class Question(DiscordIntelOptions options, long askedAt)
    {
        public DiscordIntelOptions Options => options;

        public long AskedAt => askedAt;

        public Lazy<Task<(CallRules? Rules, StepError? Error)>> Answer { get; set; } = null!;
    }

    private sealed record General(DiscordIntelOptions Options, CallRules Rules);

    private sealed record Known(CallRules Rules, TenantPolicy? Policy, DiscordIntelOptions Options, long AskedAt);
}
