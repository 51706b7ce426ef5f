using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace DiscordIntel.Structured.Schemas;

/// <summary>A <c>pattern</c>, compiled so that no input can make it run long.</summary>
internal sealed class SchemaPattern
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    private SchemaPattern(string source, Regex regex, bool isRegular)
    {
        Source = source;
        _regex = regex;
        IsRegular = isRegular;
    }

    /// <summary>The pattern as the schema gives it.</summary>
    public string Source { get; }

    /// <summary>False for lookarounds and back-references: the API answers "regex lookaround is not supported", so these stay local.</summary>
    public bool IsRegular { get; }

    public static bool TryCompile(string source, [NotNullWhen(true)] out SchemaPattern? pattern)
    {
        string translated = Translate(source);
        try
        {
            pattern = new SchemaPattern(source, new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), isRegular: true);
            return true;
        }
        catch (NotSupportedException)
        {
            pattern = new SchemaPattern(source, new Regex(translated, RegexOptions.CultureInvariant, Timeout), isRegular: false);
            return true;
        }
        catch (ArgumentException)
        {
            pattern = null;
            return false;
        }
    }

    /// <summary>Null when the pattern could not be decided within 100 ms.</summary>
    public bool? Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>
    /// JSON Schema patterns are ECMA-262 expressions. Where .NET reads the same letters differently (a <c>$</c> before a final line feed,
    /// digits and letters of other scripts) the .NET spelling of the ECMA meaning is taken.
    /// </summary>
    private static string Translate(string source)
    {
        var text = new StringBuilder(source.Length + 16);
        bool inClass = false;
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                text.Append(TranslateEscape(source[++i], inClass));
                continue;
            }

            text.Append(c switch
            {
                '$' when !inClass => @"\z",
                '.' when !inClass => @"[^\n\r\u2028\u2029]",
                // .NET would take it for the start of a set to subtract.
                '[' when inClass && source[i - 1] == '-' => @"\[",
                _ => c.ToString(),
            });
            inClass = c switch { '[' => true, ']' => false, _ => inClass };
        }

        return text.ToString();
    }

    private static string TranslateEscape(char escaped, bool inClass) => escaped switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "_A-Za-z0-9" : "[A-Za-z0-9_]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^A-Za-z0-9_]",
        _ => $"\\{escaped}",
    };
}
