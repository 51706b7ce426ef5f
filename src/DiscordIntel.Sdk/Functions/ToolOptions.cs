namespace DiscordIntel.Functions;

/// <summary>How one registered tool may be called.</summary>
public sealed class ToolOptions
{
    /// <summary>Whether every call must be approved by <see cref="FunctionRequest.ApproveAsync"/>, as with a function wrapped in <c>ApprovalRequiredAIFunction</c>.</summary>
    /// <value>Default: false.</value>
    public bool RequiresApproval { get; set; }

    /// <summary>How long a call may run.</summary>
    /// <value>More than 0, up to 12 hours. Default: null, <see cref="FunctionOptions.ToolTimeout"/>.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Calls that run at the same time, over the whole bot. One more waits for as long as a call may run.</summary>
    /// <value>1 or more. Default: 16.</value>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>Who may use it. For others the tool does not exist: the model is not offered it, and a call of it runs nothing.</summary>
    /// <value>Default: null, everybody.</value>
    public Func<IntelScope, bool>? AllowedFor { get; set; }

    /// <summary>The line that a live reply shows while it runs.</summary>
    /// <value>Default: null, "Using" and the tool's name.</value>
    public string? Status { get; set; }

    /// <summary>What is out of range; null when nothing is.</summary>
    internal string? Faults() =>
        Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(12))
            ? $"Timeout is {timeout}. Set a duration above zero and up to 12:00:00, or null."
            : MaxConcurrency < 1 ? $"MaxConcurrency is {MaxConcurrency}. Set a whole number from 1 up." : null;
}
