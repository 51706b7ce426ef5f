using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>What <see cref="FunctionCallingClient"/> answers, and with which tools.</summary>
public sealed record FunctionRequest
{
    /// <summary>The conversation, oldest first. The SDK keeps no history: send what the model should know.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The tools of this call, in place of the registered ones. Nothing is registered by it.</summary>
    /// <value>Default: null, the tools registered with <c>AddTool</c>.</value>
    public IReadOnlyList<AIFunction>? Tools { get; init; }

    /// <summary>The names of the tools that may be used in this call, as narrow as the task allows: words in the content cannot reach any other.</summary>
    /// <value>Default: null, all that the scope may use.</value>
    public IReadOnlyCollection<string>? AllowedTools { get; init; }

    /// <summary>Whether the model may call tools, must not, or must call any or a named one in its first turn.</summary>
    /// <value>Default: null, it decides.</value>
    public ChatToolMode? ToolMode { get; init; }

    /// <summary>
    /// Asked before a tool runs that requires an approval. Only <c>true</c> in time lets it run; a <c>false</c>, an exception and silence beyond
    /// <see cref="FunctionOptions.ApprovalTimeout"/> do not.
    /// </summary>
    /// <value>Default: null, no such tool runs.</value>
    public Func<ToolApproval, CancellationToken, ValueTask<bool>>? ApproveAsync { get; init; }

    /// <summary>How to answer this one; null for the configured way. Its timeout bounds the whole run, tools and approvals included.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>Names of tools that are not offered, whoever allows them.</summary>
    internal IReadOnlyCollection<string> WithheldTools { get; init; } = [];

    /// <summary>Nobody is there to approve: tools that need it are not offered, and where none is left nothing is asked.</summary>
    internal bool IsUnattended { get; init; }

    /// <summary>A request of one prompt, with tools of its own when any are given.</summary>
    public static FunctionRequest Of(string prompt, params IReadOnlyList<AIFunction> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return new() { Messages = [new ChatMessage(ChatRole.User, prompt)], Tools = tools.Count == 0 ? null : tools };
    }
}
