using System.Diagnostics;
using System.Diagnostics.Metrics;
using DiscordIntel.Pipeline.Telemetry;

namespace DiscordIntel.Tests.Support;

/// <summary>Listens to the spans and to the measurements of one host.</summary>
internal sealed class RoadTelemetry : IDisposable
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public RoadTelemetry(IntelTelemetry telemetry)
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "DiscordIntel",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Add,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, telemetry.StepResults.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>In the order in which they ended: attempts before their step.</summary>
    public List<Activity> Spans { get; } = [];

    public List<Measurement> Measurements { get; } = [];

    public Measurement[] Of(string name) => [.. Measurements.Where(measurement => measurement.Name == name)];

    /// <summary>All of it as text, for a search.</summary>
    public string Everything => string.Join('\n', [
        .. Spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(", ", span.TagObjects)} {string.Join(", ", span.Events.SelectMany(item => item.Tags))}"),
        .. Measurements.Select(measurement => $"{measurement.Name} {string.Join(", ", measurement.Tags)}")]);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measurements.Add(new Measurement(instrument.Name, instrument.Unit, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));

    internal sealed record Measurement(string Name, string? Unit, double Value, IReadOnlyDictionary<string, object?> Tags);
}
