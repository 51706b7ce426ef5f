using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Results;

/// <summary>The outcome of a step without a value, and the place where results are made.</summary>
public sealed class StepResult
{
    private StepResult(StepError? error, StepReceipt receipt)
    {
        Error = error;
        Receipt = receipt;
    }

    /// <summary>True when the step did what was asked. Refused, cut off, denied and skipped are errors with a kind of their own.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Why the step failed; null on success.</summary>
    public StepError? Error { get; }

    /// <summary>What the step took; present on success and on failure.</summary>
    public StepReceipt Receipt { get; }

    /// <summary>A successful step without a value.</summary>
    public static StepResult Success(StepReceipt? receipt = null) => new(null, receipt ?? StepReceipt.None);

    /// <summary>A failed step without a value.</summary>
    public static StepResult Failure(StepError error, StepReceipt? receipt = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(error, receipt ?? StepReceipt.None);
    }

    /// <summary>A successful step with <paramref name="value"/>; bots' tests make their results with this.</summary>
    public static StepResult<T> Success<T>(T value, StepReceipt? receipt = null)
        where T : notnull
    {
#pragma warning disable CA1510 // ThrowIfNull takes an object: every piece of a stream would be boxed for it.
        return value is null ? throw new ArgumentNullException(nameof(value)) : new(value, null, receipt ?? StepReceipt.None);
#pragma warning restore CA1510
    }

    /// <summary>A failed step that would have given a <typeparamref name="T"/>.</summary>
    public static StepResult<T> Failure<T>(StepError error, StepReceipt? receipt = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error, receipt ?? StepReceipt.None);
    }
}
