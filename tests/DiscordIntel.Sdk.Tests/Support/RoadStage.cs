using DiscordIntel.Pipeline;
using DiscordIntel.Results;

namespace DiscordIntel.Tests.Support;

/// <summary>A stage that writes down what it is asked and told, into a journal shared by the stages of a test.</summary>
internal sealed class RoadStage(string name, List<string> journal, StepErrorKind? refuses = null) : PipelineStage
{
    public List<CallOutcome> Ends { get; } = [];

    public override ValueTask<StepError?> EnterAsync(CallContext context)
    {
        journal.Add($"{name} in");
        return new(refuses is { } kind ? new StepError { Kind = kind, Message = $"{name} refuses." } : null);
    }

    public override void End(CallContext context, in CallOutcome outcome)
    {
        journal.Add($"{name} end");
        Ends.Add(outcome);
    }
}
