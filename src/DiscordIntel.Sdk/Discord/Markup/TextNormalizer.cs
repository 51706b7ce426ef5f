namespace DiscordIntel.Discord.Markup;

/// <summary>The rules of <see cref="DiscordText.Normalize"/>, for a text that comes in pieces.</summary>
internal sealed class TextNormalizer
{
    private const int LongestBackticks = 3;
    private const int LongestBars = 2;

    private char _high;
    private char _last;
    private int _run;

    public void Append(ReadOnlySpan<char> source, CharBuffer target)
    {
        foreach (char c in source)
        {
            if (c < ' ' && c is not ('\n' or '\t'))
            {
                continue;
            }

            if (_high != 0)
            {
                char high = _high;
                _high = '\0';
                if (char.IsLowSurrogate(c))
                {
                    Put(high, target);
                    Put(c, target);
                    continue;
                }

                Put('\uFFFD', target);
            }

            if (char.IsHighSurrogate(c))
            {
                _high = c;
            }
            else
            {
                Put(char.IsLowSurrogate(c) ? '\uFFFD' : c, target);
            }
        }
    }

    public void Complete(CharBuffer target)
    {
        if (_high != 0)
        {
            _high = '\0';
            Put('\uFFFD', target);
        }
    }

    private void Put(char c, CharBuffer target)
    {
        _run = c == _last ? _run + 1 : 1;
        _last = c;
        if (c switch { '`' => _run <= LongestBackticks, '|' => _run <= LongestBars, _ => true })
        {
            target.Append(c);
        }
    }
}
