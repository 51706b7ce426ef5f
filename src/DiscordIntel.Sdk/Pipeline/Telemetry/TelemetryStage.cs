using System.Diagnostics;
using DiscordIntel.Results;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>The outermost stage: one span, one duration, one result and one log line a step.</summary>
internal sealed class TelemetryStage(IntelTelemetry telemetry, ILogger<TelemetryStage> logger) : PipelineStage
{
    public override ValueTask<StepError?> EnterAsync(CallContext context)
    {
        context.Activity = telemetry.StartStep(context.Call.Operation);
        return default;
    }

    public override void End(CallContext context, in CallOutcome outcome)
    {
        StepReceipt receipt = context.Receipt;
        string result = outcome switch
        {
            { IsSuccess: true } => "success",
            { IsCancelled: true } => "cancelled",
            _ => "error",
        };
        var tags = new TagList { { TelemetryNames.Operation, context.Call.Operation }, { TelemetryNames.Outcome, result } };
        if (outcome.Error is { } error)
        {
            tags.Add(TelemetryNames.ErrorType, error.Kind.ToString());
        }

        telemetry.StepResults.Add(1, tags);
        telemetry.CacheRequests.Add(1, new(TelemetryNames.Operation, context.Call.Operation), new(TelemetryNames.Result, context.CacheResult));
        telemetry.StepDuration.Record(receipt.Elapsed.TotalSeconds, tags);
        Close(context, tags, receipt, outcome.Error);
        Write(context, receipt, result, outcome.Error);
    }

    private static void Close(CallContext context, in TagList tags, StepReceipt receipt, StepError? error)
    {
        if (context.Activity is not { } activity)
        {
            return;
        }

        foreach (KeyValuePair<string, object?> tag in tags)
        {
            activity.SetTag(tag.Key, tag.Value);
        }

        activity.SetTag(TelemetryNames.Tenant, context.Scope.Tenant);
        activity.SetTag(TelemetryNames.Attempts, receipt.Attempts);
        activity.SetTag(TelemetryNames.Cache, context.CacheResult);
        activity.SetTag(TelemetryNames.Cost, receipt.Cost is { } cost ? (double)cost : null);
        if (error is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, error.Kind.ToString());
        }

        activity.Dispose();
    }

    private void Write(CallContext context, StepReceipt receipt, string result, StepError? error)
    {
        double milliseconds = receipt.Elapsed.TotalMilliseconds;
        if (error is null)
        {
            Log.StepEnded(
                logger, context.Call.Operation, result, milliseconds, receipt.Model, receipt.InputTokens, receipt.OutputTokens, receipt.Cost, receipt.Attempts);
        }
        else
        {
            Log.StepFailed(logger, context.Call.Operation, error.Kind, milliseconds, receipt.Attempts, receipt.RequestId, error.Message);
        }
    }
}
