namespace DiscordIntel.Results;

/// <summary>Thrown by <see cref="StepResult{T}.ValueOrThrow"/>, and by nothing else in this library.</summary>
#pragma warning disable CA1032 // It exists to carry an error: without one it would be empty.
public sealed class StepException : Exception
#pragma warning restore CA1032
{
    /// <summary>Wraps <paramref name="error"/>; its message becomes the exception's.</summary>
    public StepException(StepError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToString(), error.Exception) => Error = error;

    /// <summary>The error of the failed step.</summary>
    public StepError Error { get; }
}
