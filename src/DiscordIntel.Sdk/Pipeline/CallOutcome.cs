using DiscordIntel.Results;

namespace DiscordIntel.Pipeline;

/// <summary>How a call ended. A stream that its reader left early counts as cancelled.</summary>
internal readonly record struct CallOutcome(bool IsSuccess, bool IsCancelled, StepError? Error)
{
    public static CallOutcome Success { get; } = new(true, false, null);

    public static CallOutcome Cancelled { get; } = new(false, true, null);

    public static CallOutcome Failed(StepError error) => new(false, false, error);
}
