using DiscordIntel.Pipeline.Telemetry;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Telemetry;

[TestFixture]
internal sealed class DurationHistogramTests
{
    [Test]
    public void Quantile_Nothing_IsNull()
    {
        var histogram = new DurationHistogram();
        Assert.That((histogram.Average, histogram.Quantile(0.95)), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)));
    }

    [TestCase(0)]
    [TestCase(0.5)]
    public void Quantile_LessThanATenthOfAMillisecond_IsThat(double microseconds)
    {
        var histogram = new DurationHistogram();
        histogram.Add(TimeSpan.FromMicroseconds(microseconds));
        Assert.That(histogram.Quantile(0.95), Is.EqualTo(TimeSpan.FromMilliseconds(0.1)));
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Durations)])]
    public bool Quantile_AnyDurations_IsTheExactOneOrAtMostTwoPercentAbove(TimeSpan[] durations)
    {
        DurationHistogram histogram = Of(durations);
        long exact = durations.Order().ElementAt((((95 * durations.Length) + 99) / 100) - 1).Ticks;
        long read = histogram.Quantile(0.95)!.Value.Ticks;

        long mean = (long)durations.Average(duration => duration.Ticks);

        // A tick for the rounding of what is read.
        return read >= exact - 1 && read <= (exact * 1.02) + 1 && Math.Abs(histogram.Average!.Value.Ticks - mean) <= 1;
    }

    [FsCheck.NUnit.Property(MaxTest = 200, Arbitrary = [typeof(Durations)])]
    public bool Add_TwoHistograms_IsThatOfAll(TimeSpan[] first, TimeSpan[] second)
    {
        DurationHistogram sum = Of(first);
        sum.Add(Of(second));
        DurationHistogram all = Of([.. first, .. second]);
        return sum.Average == all.Average && sum.Quantile(0.95) == all.Quantile(0.95) && sum.Quantile(0.5) == all.Quantile(0.5);
    }

    private static DurationHistogram Of(TimeSpan[] durations)
    {
        var histogram = new DurationHistogram();
        Array.ForEach(durations, histogram.Add);
        return histogram;
    }

    /// <summary>From 0.1 ms to about a day, as many short as long.</summary>
    public static class Durations
    {
        public static Arbitrary<TimeSpan[]> Some() =>
            Gen.Choose(0, 1_000_000).Select(n => TimeSpan.FromMilliseconds(0.1 * Math.Exp(n / 1_000_000d * 20.5))).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();
    }
}
