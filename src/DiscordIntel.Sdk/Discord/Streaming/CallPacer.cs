namespace DiscordIntel.Discord.Streaming;

/// <summary>
/// Keeps the calls of a reply to 4 in any 5 seconds and 25 in any minute. Discord's libraries wait out a 429 by themselves, so no refusal can be counted on to
/// slow a reply down. Previews leave room in both windows for the calls that carry final text.
/// </summary>
internal sealed class CallPacer
{
    private const int PerShort = 4;
    private const int PerLong = 25;
    private const int ShortReserve = 1;
    private const int LongReserve = 3;

    // A little more than the window, so that its two ends never count as one.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5_001);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(60_001);

    private readonly TimeSpan[] _starts = new TimeSpan[PerLong];

    public int Calls { get; private set; }

    public void Note(TimeSpan start) => _starts[Calls++ % PerLong] = start;

    /// <summary>When the next call may go.</summary>
    public TimeSpan Earliest(bool isPreview)
    {
        TimeSpan bySecond = After(PerShort - (isPreview ? ShortReserve : 0), Short);
        TimeSpan byMinute = After(PerLong - (isPreview ? LongReserve : 0), Long);
        return bySecond > byMinute ? bySecond : byMinute;
    }

    private TimeSpan After(int calls, TimeSpan window) => Calls < calls ? TimeSpan.Zero : _starts[(Calls - calls) % PerLong] + window;
}
