namespace DiscordIntel.Discord.Streaming;

/// <summary>
/// Keeps the calls of a reply to 4 in any 5 seconds and 25 in any minute. Discord's libraries wait out a 429 by themselves, so no refusal can be counted on to
/// slow a reply down. Previews leave room in both windows for the calls that carry final text, and full messages leave it for the last call.
/// </summary>
internal sealed class CallPacer
{
    private const int PerShort = 4;
    private const int PerLong = 25;

    // A little more than the window, so that its two ends never count as one.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5_001);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(60_001);

    private readonly TimeSpan[] _starts = new TimeSpan[PerLong];

    public int Calls { get; private set; }

    public void Note(TimeSpan start) => _starts[Calls++ % PerLong] = start;

    /// <summary>When the next call may go.</summary>
    public TimeSpan Earliest(ReplyWriteKind kind)
    {
        (int shortReserve, int longReserve) = kind switch
        {
            ReplyWriteKind.Preview => (1, 3),
            ReplyWriteKind.Seal => (0, 1),
            _ => (0, 0),
        };
        TimeSpan bySecond = After(PerShort - shortReserve, Short);
        TimeSpan byMinute = After(PerLong - longReserve, Long);
        return bySecond > byMinute ? bySecond : byMinute;
    }

    private TimeSpan After(int calls, TimeSpan window) => Calls < calls ? TimeSpan.Zero : _starts[(Calls - calls) % PerLong] + window;
}
