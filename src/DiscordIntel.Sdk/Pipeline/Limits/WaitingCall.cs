namespace DiscordIntel.Pipeline.Limits;

/// <summary>A call that waits for its limits. The task is done when it may go; its permit is taken by then. Cancelled, it waited in vain.</summary>
internal sealed class WaitingCall(IntelScope scope, RateLimits limits, LimitRefusal refusal)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public IntelScope Scope { get; } = scope;

    public RateLimits Limits { get; } = limits;

    /// <summary>Why it waits.</summary>
    public LimitRefusal Refusal { get; } = refusal;

    public LinkedListNode<WaitingCall>? Place { get; set; }
}
