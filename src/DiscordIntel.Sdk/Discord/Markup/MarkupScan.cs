using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>
/// What is open at a place of a message, in constant space. Three backticks anywhere open or close a block. Outside of blocks one or two backticks
/// are paired with the next run of the same length, from left to right, and bars between a pair are no spoiler; a run that finds no partner before the next block
/// or the end of the message is plain text. So until a partner comes, both readings are kept.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct MarkupScan
{
    // The runs that wait for a partner: the first one, and one of the other length after it. With each, whether a spoiler was open there.
    private int _first;
    private int _second;
    private bool _spoilerAtFirst;
    private bool _spoilerAtSecond;

    public bool InFence { get; private set; }

    /// <summary>Whether a spoiler is open if the text ends here.</summary>
    public bool InSpoiler { get; private set; }

    public void Bars(int length) => InSpoiler ^= length == 2 && !InFence;

    public void Backticks(int length)
    {
        if (length == 3)
        {
            InFence = !InFence;
            _first = _second = 0;
        }
        else if (InFence)
        {
            return;
        }
        else if (length == _first)
        {
            InSpoiler = _spoilerAtFirst;
            _first = _second = 0;
        }
        else if (_first == 0)
        {
            (_first, _spoilerAtFirst) = (length, InSpoiler);
        }
        else if (length == _second)
        {
            InSpoiler = _spoilerAtSecond;
            _second = 0;
        }
        else
        {
            (_second, _spoilerAtSecond) = (length, InSpoiler);
        }
    }
}
