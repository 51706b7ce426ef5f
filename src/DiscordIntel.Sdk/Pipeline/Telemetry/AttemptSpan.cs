using System.Diagnostics;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>The span and the metrics of one request to a provider, by the GenAI conventions.</summary>
internal readonly struct AttemptSpan(IntelTelemetry telemetry, CallContext context, Activity? activity) : IDisposable
{
    private readonly long _startedAt = context.Time.GetTimestamp();

    /// <summary>The first text of a stream is there.</summary>
    public void Begin()
    {
        double seconds = context.Time.GetElapsedTime(_startedAt).TotalSeconds;
        telemetry.TimeToFirstChunk.Record(
            seconds,
            new(TelemetryNames.OperationName, "chat"),
            new(TelemetryNames.ProviderName, context.Provider),
            new(TelemetryNames.RequestModel, context.Model));
        activity?.SetTag(TelemetryNames.ResponseTimeToFirstChunk, seconds);
    }

    public void End(in Attempt attempt)
    {
        string? errorType = attempt.IsCancelled ? "cancelled" : attempt.Error?.Kind.ToString();
        var tags = new TagList
        {
            { TelemetryNames.OperationName, "chat" },
            { TelemetryNames.ProviderName, context.Provider },
            { TelemetryNames.RequestModel, context.Model },
        };
        if (context.Account.Attempts > 1)
        {
            telemetry.RetryAttempts.Add(1, new(TelemetryNames.Provider, context.Provider), new(TelemetryNames.Model, context.Model));
        }

        if (attempt.Reply?.ModelId is { } model)
        {
            tags.Add(TelemetryNames.ResponseModel, model);
        }

        Count(attempt.Reply?.Usage?.InputTokenCount, "input", tags);
        Count(attempt.Reply?.Usage?.OutputTokenCount, "output", tags);
        if (errorType is not null)
        {
            tags.Add(TelemetryNames.ErrorType, errorType);
        }

        telemetry.OperationDuration.Record(context.Time.GetElapsedTime(_startedAt).TotalSeconds, tags);
        Describe(attempt, tags, errorType);
    }

    public void Dispose() => activity?.Dispose();

    private void Count(long? tokens, string type, TagList tags)
    {
        // What is not known is not reported.
        if (tokens is { } count)
        {
            tags.Add(TelemetryNames.TokenType, type);
            telemetry.TokenUsage.Record(count, tags);
        }
    }

    private void Describe(in Attempt attempt, in TagList tags, string? errorType)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        foreach (KeyValuePair<string, object?> tag in tags)
        {
            activity.SetTag(tag.Key, tag.Value);
        }

        activity.SetTag(TelemetryNames.RequestStream, context.IsStreamed ? true : null);
        activity.SetTag(TelemetryNames.RequestMaxTokens, context.ChatOptions?.MaxOutputTokens);
        activity.SetTag(TelemetryNames.RequestTemperature, context.ChatOptions?.Temperature);
        if (attempt.Reply is { } reply)
        {
            UsageDetails? usage = reply.Usage;
            activity.SetTag(TelemetryNames.ResponseId, reply.ResponseId);
            activity.SetTag(TelemetryNames.FinishReasons, reply.FinishReason is { } finish ? new[] { finish.Value } : null);
            activity.SetTag(TelemetryNames.InputTokens, usage?.InputTokenCount);
            activity.SetTag(TelemetryNames.OutputTokens, usage?.OutputTokenCount);
            activity.SetTag(TelemetryNames.CachedTokens, usage?.CachedInputTokenCount);
            activity.SetTag(TelemetryNames.ReasoningTokens, usage?.ReasoningTokenCount);
        }

        if (errorType is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, errorType);
        }
    }
}
