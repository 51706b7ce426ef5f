using DiscordIntel.Configuration;
using DiscordIntel.Results;

namespace DiscordIntel.Pipeline;

/// <summary>What can be said of a call before anything is spent on it: its feature is on, its options are lawful, it says something.</summary>
internal static class Admission
{
    public static StepError? Check(CallContext context)
    {
        if (context.Call.Feature is IntelFeature.StructuredOutputs && !context.Options.Features.StructuredOutputs)
        {
            return Error(
                StepErrorKind.FeatureDisabled,
                "Structured outputs are switched off. Set DiscordIntel:Features:StructuredOutputs (ENABLE_OPENAI_STRUCTURED_OUTPUTS) to true.");
        }

        if (context.Call.Fault is { } fault)
        {
            return fault;
        }

        if (context.Call.Generation is { } generation && string.Join(" ", generation.Faults("Generation")) is { Length: > 0 } faults)
        {
            return Error(StepErrorKind.InvalidRequest, faults);
        }

        if (context.Call.Spent > TimeSpan.Zero && context.Remaining <= TimeSpan.Zero)
        {
            return Error(StepErrorKind.Timeout, "The call's time ran out before it could ask again.") with { IsRetryable = true };
        }

        for (int i = 0; i < context.Call.Messages.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(context.Call.Messages[i].Text))
            {
                return null;
            }
        }

        return Error(StepErrorKind.InvalidRequest, "The request holds no text.");
    }

    private static StepError Error(StepErrorKind kind, string message) => new() { Kind = kind, Message = message };
}
