using DiscordIntel.Results;

namespace DiscordIntel.Samples.Terminal;

/// <summary>A failed step in one line.</summary>
internal static class ErrorLine
{
    public static string Of(StepError error) => $"Error ({error.Kind}): {SafeText.Line(error.Message)}{RetryHint(error)}";

    private static string RetryHint(StepError error) => error switch
    {
        // Its message names the day.
        { Kind: StepErrorKind.BudgetExceeded } => "",
        { RetryAfter: { } wait } => $" Try again in {Math.Ceiling(wait.TotalSeconds)} s.",
        { IsRetryable: true } => " It may work when tried again.",
        _ => "",
    };
}
