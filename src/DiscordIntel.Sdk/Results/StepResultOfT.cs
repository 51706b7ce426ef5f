using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Results;

#pragma warning disable MA0048 // StepResult and StepResult<T> are two files.

/// <summary>
/// The outcome of a step: a value or an error, and always a receipt. After a check of <see cref="IsSuccess"/> the compiler knows which.
/// Expected failures are values; only the caller's own cancellation (<see cref="OperationCanceledException"/>) and misuse
/// (<see cref="ArgumentException"/>) are thrown.
/// </summary>
/// <typeparam name="T">What a successful step gives.</typeparam>
public sealed class StepResult<T>
    where T : notnull
{
    internal StepResult(T? value, StepError? error, StepReceipt receipt)
    {
        Value = value;
        Error = error;
        Receipt = receipt;
    }

    /// <summary>True when <see cref="Value"/> is the complete, checked result.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value; null (or <c>default</c>) on failure.</summary>
    public T? Value { get; }

    /// <summary>Why the step failed; null on success.</summary>
    public StepError? Error { get; }

    /// <summary>What the step took; present on success and on failure.</summary>
    public StepReceipt Receipt { get; }

    /// <summary>Turns either side into one answer.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<StepError, TOut> failure)
    {
        ArgumentNullException.ThrowIfNull(success);
        ArgumentNullException.ThrowIfNull(failure);
        return IsSuccess ? success(Value) : failure(Error);
    }

    /// <summary>Changes the value of a success; a failure and the receipt stay as they are.</summary>
    public StepResult<TOut> Map<TOut>(Func<T, TOut> change)
        where TOut : notnull
    {
        ArgumentNullException.ThrowIfNull(change);
        return IsSuccess ? StepResult.Success(change(Value), Receipt) : StepResult.Failure<TOut>(Error, Receipt);
    }

    /// <summary>Runs the next step on a success; the receipts add up. A failure is passed on.</summary>
    public StepResult<TOut> Then<TOut>(Func<T, StepResult<TOut>> next)
        where TOut : notnull
    {
        ArgumentNullException.ThrowIfNull(next);
        return IsSuccess ? next(Value).After(Receipt) : StepResult.Failure<TOut>(Error, Receipt);
    }

    /// <summary>Runs the next step on a success; the receipts add up. A failure is passed on.</summary>
    public async Task<StepResult<TOut>> ThenAsync<TOut>(Func<T, Task<StepResult<TOut>>> next)
        where TOut : notnull
    {
        ArgumentNullException.ThrowIfNull(next);
        return IsSuccess
            ? (await next(Value).ConfigureAwait(false)).After(Receipt)
            : StepResult.Failure<TOut>(Error, Receipt);
    }

    /// <summary>Gives the value of a success.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return IsSuccess;
    }

    /// <summary>The value of a success; a failure throws.</summary>
    /// <exception cref="StepException">The step failed; the exception carries the error.</exception>
    public T ValueOrThrow() => IsSuccess ? Value : throw new StepException(Error);

    /// <summary>The same outcome with another receipt.</summary>
    internal StepResult<T> WithReceipt(StepReceipt receipt) => new(Value, Error, receipt);

    private StepResult<T> After(StepReceipt earlier) => WithReceipt(earlier.Add(Receipt));
}
