namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>Counts every call, whatever became of it.</summary>
internal sealed class UsageStage(UsageBook book) : PipelineStage
{
    public override void End(CallContext context, in CallOutcome outcome) => book.Add(context, outcome);
}
