using System.Buffers;
using System.Text;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Words whose letters are set apart: <c>i g n o r e</c>, <c>i.g.n.o.r.e</c>.</summary>
internal static class SpacedLetters
{
    private const int Fewest = 4;
    private const int WidestGap = 3;

    // Where all gaps are alike, nothing tells where the words end.
    private static readonly SearchValues<string> Commands = SearchValues.Create(
        [
            "ignoreall", "ignoreany", "ignoreprevious", "ignoreprior", "ignorethe", "ignoreabove", "ignoreyour", "disregardall", "disregardany", "disregardprevious",
            "disregardthe", "disregardyour", "forgetall", "forgetprevious", "forgeteverything", "forgetyour", "youarenow", "giveitascore", "givethisascore", "setthescore",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The text with such words joined; the same one when it has none. A gap wider than one character is one between words.</summary>
    public static string Join(string text, out int command)
    {
        command = -1;
        StringBuilder? joined = null;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsAlone(text, i) || Next(text, i) < 0)
            {
                continue;
            }

            var run = new StringBuilder();
            (int last, int letters) = (i, 0);
            for (int at = i; at >= 0; at = Next(text, at))
            {
                run.Append(letters++ > 0 && at - last > 2 ? " " : "").Append(text[at]);
                last = at;
            }

            if (letters >= Fewest)
            {
                joined ??= new StringBuilder(text.Length);
                joined.Append(text, copied, i - copied).Append(run);
                copied = last + 1;
                command = command < 0 && run.ToString().AsSpan().ContainsAny(Commands) ? i : command;
            }

            i = last;
        }

        return joined is null ? text : joined.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The next letter that stands alone; -1 when there is none near.</summary>
    private static int Next(string text, int at)
    {
        int next = at + 1;
        while (next < text.Length && next - at <= WidestGap && text[next] is ' ' or '.' or '-' or '_' or '*' or '|' or '~' or '·')
        {
            next++;
        }

        return next > at + 1 && next < text.Length && IsAlone(text, next) ? next : -1;
    }

    private static bool IsAlone(string text, int at) =>
        char.IsAsciiLetter(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));
}
