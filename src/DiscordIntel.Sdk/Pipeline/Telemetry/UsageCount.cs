using System.Runtime.InteropServices;
using DiscordIntel.Results;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>What the calls of one tenant in one month took. Under a lock of its own.</summary>
internal sealed class UsageCount
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, UsageShare> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UsageShare> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<StepErrorKind, long> _errors = [];
    private readonly DurationHistogram _durations = new();
    private long _succeeded;
    private long _cancelled;
    private long _cacheHits;
    private long _inputTokens;
    private long _outputTokens;

    public void Add(CallContext context, in CallOutcome outcome)
    {
        StepReceipt receipt = context.Receipt;
        long nanoUsd = context.Account.NanoUsd ?? 0;
        lock (_gate)
        {
            if (outcome.Error is { } error)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_errors, error.Kind, out _)++;
            }

            _succeeded += outcome.IsSuccess ? 1 : 0;
            _cancelled += outcome.IsCancelled ? 1 : 0;
            _cacheHits += receipt.FromCache ? 1 : 0;
            _inputTokens += receipt.InputTokens ?? 0;
            _outputTokens += receipt.OutputTokens ?? 0;
            _durations.Add(receipt.Elapsed);
            CollectionsMarshal.GetValueRefOrAddDefault(_users, context.Scope.User, out _).Add(nanoUsd);
            CollectionsMarshal.GetValueRefOrAddDefault(_operations, context.Call.Operation, out _).Add(nanoUsd);
        }
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(UsageCount other)
    {
        // One lock inside the other: sums are made into new objects that nobody else has.
        lock (other._gate)
        {
            lock (_gate)
            {
                _succeeded += other._succeeded;
                _cancelled += other._cancelled;
                _cacheHits += other._cacheHits;
                _inputTokens += other._inputTokens;
                _outputTokens += other._outputTokens;
                _durations.Add(other._durations);
                foreach ((StepErrorKind kind, long count) in other._errors)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_errors, kind, out _) += count;
                }

                foreach ((string operation, UsageShare share) in other._operations)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_operations, operation, out _).Add(share);
                }
            }
        }
    }

    public UsageSnapshot Read()
    {
        lock (_gate)
        {
            return new UsageSnapshot(
                _succeeded,
                _cancelled,
                _cacheHits,
                _inputTokens,
                _outputTokens,
                _durations.Average,
                _durations.Quantile(0.95),
                new Dictionary<StepErrorKind, long>(_errors),
                new Dictionary<string, UsageShare>(_users),
                new Dictionary<string, UsageShare>(_operations));
        }
    }
}
