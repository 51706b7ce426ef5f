using System.Globalization;
using System.Text;

namespace DiscordIntel.Testing.Shaping;

/// <summary>
/// A short text for a simple pattern: letters, escapes, classes, groups, alternatives and quantifiers. Null for anything cleverer,
/// such as look-around and back-references. The caller checks the text against the pattern.
/// </summary>
internal sealed class PatternSample
{
    private const string Candidates = "aA1 -_.:/@#";
    private const int LongestRepeat = 1_000;

    private readonly string _pattern;
    private int _at;
    private bool _failed;

    private PatternSample(string pattern) => _pattern = pattern;

    public static string? Of(string pattern)
    {
        var sample = new PatternSample(pattern);
        string text = sample.ReadAlternatives();
        return sample._failed || sample._at < pattern.Length ? null : text;
    }

    private char Current => _at < _pattern.Length ? _pattern[_at] : '\0';

    /// <summary>The first alternative; the others are only passed over.</summary>
    private string ReadAlternatives()
    {
        string first = ReadSequence();
        while (!_failed && Current == '|')
        {
            _at++;
            ReadSequence();
        }

        return first;
    }

    private string ReadSequence()
    {
        var text = new StringBuilder();
        while (!_failed && _at < _pattern.Length && Current is not ('|' or ')'))
        {
            string atom = ReadAtom();
            int count = ReadQuantifier();
            text.Insert(text.Length, atom, count);
        }

        return text.ToString();
    }

    private string ReadAtom()
    {
        char letter = _pattern[_at++];
        return letter switch
        {
            '^' or '$' => "",
            '.' => "a",
            '\\' => ReadEscape(),
            '[' => ReadClass(),
            '(' => ReadGroup(),
            '*' or '+' or '?' or '{' => Fail(),
            _ => letter.ToString(),
        };
    }

    private string ReadGroup()
    {
        if (Current == '?')
        {
            if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != ':')
            {
                return Fail();
            }

            _at += 2;
        }

        string text = ReadAlternatives();
        if (Current != ')')
        {
            return Fail();
        }

        _at++;
        return text;
    }

    private string ReadEscape()
    {
        if (_at >= _pattern.Length)
        {
            return Fail();
        }

        char letter = _pattern[_at++];
        return letter switch
        {
            'd' => "1",
            'w' or 'D' or 'S' => "a",
            's' or 'W' => " ",
            'b' => "",
            't' => "\t",
            'n' => "\n",
            'r' => "\r",
            _ when char.IsLetterOrDigit(letter) => Fail(),
            _ => letter.ToString(),
        };
    }

    /// <summary>The first member of a class; for a negated one the first candidate outside it.</summary>
    private string ReadClass()
    {
        bool negated = Current == '^';
        _at += negated ? 1 : 0;
        var ranges = new List<(char From, char To)>();
        while (!_failed && _at < _pattern.Length && (Current != ']' || ranges.Count == 0))
        {
            char from = ReadClassMember(ranges);
            if (Current == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']')
            {
                _at++;
                ranges.Add((from, ReadClassMember(null)));
            }
            else
            {
                ranges.Add((from, from));
            }
        }

        if (_failed || Current != ']')
        {
            return Fail();
        }

        _at++;
        char found = negated ? Candidates.FirstOrDefault(one => !ranges.Exists(range => one >= range.From && one <= range.To)) : ranges[0].From;
        return found == '\0' ? Fail() : found.ToString();
    }

    private char ReadClassMember(List<(char From, char To)>? ranges)
    {
        char letter = _pattern[_at++];
        if (letter != '\\')
        {
            return letter;
        }

        char escaped = Current;
        string text = ReadEscape();
        if (escaped is 'd' or 'w')
        {
            ranges?.Add(('0', '9'));
        }

        if (escaped is 'w')
        {
            ranges?.Add(('a', 'z'));
            ranges?.Add(('A', 'Z'));
        }

        return text.Length == 1 ? text[0] : '\0';
    }

    /// <summary>How often to repeat: as seldom as allowed, but once where that is allowed too.</summary>
    private int ReadQuantifier()
    {
        int count = 1;
        switch (Current)
        {
            case '?' or '*' or '+':
                _at++;
                break;
            case '{':
                int end = _pattern.IndexOf('}', _at);
                string[] bounds = end < 0 ? [] : _pattern[(_at + 1)..end].Split(',');
                if (bounds.Length is 0 or > 2 || !int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int least) || least > LongestRepeat)
                {
                    Fail();
                    return 0;
                }

                count = least == 0 && bounds is not [_, "0"] and not ["0"] ? 1 : least;
                _at = end + 1;
                break;
            default:
                return 1;
        }

        // A lazy or possessive mark changes what is matched, not what matches.
        _at += Current is '?' or '+' ? 1 : 0;
        return count;
    }

    private string Fail()
    {
        _failed = true;
        return "";
    }
}
