namespace DiscordIntel.Functions;

/// <summary>What holds for all calls of a run.</summary>
/// <param name="Scope">For whom.</param>
/// <param name="Options">The caps and times.</param>
/// <param name="ApproveAsync">Who is asked for approvals; null for nobody.</param>
/// <param name="Time">What is left for them.</param>
internal sealed record ToolTerms(
    IntelScope Scope, FunctionOptions Options, Func<ToolApproval, CancellationToken, ValueTask<bool>>? ApproveAsync, RunTime Time);
