using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>What a message takes over from the one before, and the marks at its front that say so.</summary>
/// <param name="InSpoiler">A spoiler goes on.</param>
/// <param name="Info">A code block goes on, with this language (or an empty one); null: none does.</param>
/// <param name="InCode">Inline code goes on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MarkupOpening(bool InSpoiler, string? Info, bool InCode)
{
    /// <summary>The most that the closing marks of any message take.</summary>
    public const int LongestClosing = 6;

    public string Marks => (InSpoiler ? "||" : "") + (Info is null ? "" : $"```{Info}\n") + (InCode ? "`" : "");

    public MarkupScan Scan
    {
        get
        {
            MarkupScan scan = default;
            if (InSpoiler)
            {
                scan.Bars(2);
            }

            if (Info is not null)
            {
                scan.Backticks(3);
            }

            if (InCode)
            {
                scan.Backticks(1);
            }

            return scan;
        }
    }

    /// <summary>The marks that close what is open, and what the next message opens with.</summary>
    public static (string Marks, MarkupOpening Next) Close(MarkupScan scan, string info, bool inCode)
    {
        if (inCode)
        {
            scan.Backticks(1);
        }

        return (
            (inCode ? "`" : "") + (scan.InFence ? "\n```" : "") + (scan.InSpoiler ? "||" : ""),
            new(scan.InSpoiler, scan.InFence ? info : null, inCode));
    }
}
