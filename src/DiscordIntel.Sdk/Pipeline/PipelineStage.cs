using DiscordIntel.Results;

namespace DiscordIntel.Pipeline;

/// <summary>
/// A stage has two halves. It lets a call in, and it is told the end: exactly once, when the reply is there or, for a stream, when its enumeration
/// ends, faults, is cancelled or is left early. A stage knows neither features nor reply types.
/// </summary>
internal abstract class PipelineStage
{
    /// <summary>Lets the call in (null), or ends it with an error. A call that a stage turned away is not told its end.</summary>
    public virtual ValueTask<StepError?> EnterAsync(CallContext context) => default;

    /// <summary>The end of a call that this stage let in.</summary>
    public abstract void End(CallContext context, in CallOutcome outcome);
}
