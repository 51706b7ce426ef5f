using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>The activity source and the instruments, both under the name <c>DiscordIntel</c>.</summary>
internal sealed class IntelTelemetry : IDisposable
{
    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly long[] TokenBuckets = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly ActivitySource _source = new(TelemetryNames.Source);
    private readonly Meter _meter = new(TelemetryNames.Source);

    public IntelTelemetry()
    {
        OperationDuration = _meter.CreateHistogram(
            TelemetryNames.OperationDuration, "s", "Time of one request to a provider", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        TimeToFirstChunk = _meter.CreateHistogram(
            TelemetryNames.TimeToFirstChunk, "s", "Time from sending a request to the first text of its stream", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        TokenUsage = _meter.CreateHistogram(
            TelemetryNames.TokenUsage, "{token}", "Billed tokens of one request", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = TokenBuckets });
        StepDuration = _meter.CreateHistogram(
            TelemetryNames.StepDuration, "s", "Time of one step, retries included", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        StepResults = _meter.CreateCounter<long>(TelemetryNames.StepResults, "{step}", "Steps by outcome");
        RetryAttempts = _meter.CreateCounter<long>(TelemetryNames.RetryAttempts, "{attempt}", "Requests sent again");
    }

    public Histogram<double> OperationDuration { get; }

    public Histogram<double> TimeToFirstChunk { get; }

    public Histogram<long> TokenUsage { get; }

    public Histogram<double> StepDuration { get; }

    public Counter<long> StepResults { get; }

    public Counter<long> RetryAttempts { get; }

    public Activity? StartStep(string operation) => _source.StartActivity($"discordintel.{operation}");

    public AttemptSpan StartAttempt(CallContext context)
    {
        // The parent is named: a stage's AsyncLocal does not flow out of its own method.
        Activity? activity = _source.HasListeners()
            ? _source.StartActivity($"chat {context.Model}", ActivityKind.Client, context.Activity?.Context ?? default)
            : null;
        return new AttemptSpan(this, context, activity);
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
