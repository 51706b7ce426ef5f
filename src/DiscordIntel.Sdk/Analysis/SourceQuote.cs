using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Analysis;

/// <summary>
/// Words that a model gave as a quote, and where they stand in the text. White space, quote marks, dashes, case and the Markdown marks around words are not
/// compared. A few wrong characters are forgiven and counted in <see cref="Distance"/>, unless they change a number or a denial; an omission ("...", "[...]")
/// whose parts stand in order and near each other is found from its first part to its last.
/// </summary>
public sealed record SourceQuote
{
    /// <summary>The words as they stand in the text; as the model gave them when they do not stand there.</summary>
    public required string Text { get; init; }

    /// <summary>Where they begin: the index of the first UTF-16 unit in the content; null when they are not in the text.</summary>
    public int? Offset { get; init; }

    /// <summary>The line on which they begin, from 1; null when they are not in the text.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// How many characters have to be changed, after folding, to make the quote the words in the text: 0 for an exact match, null when not found. At most 15 %
    /// of the quote, and never more than 40. Neither the mark of an omission nor what it leaves out is counted.
    /// </summary>
    public int? Distance { get; init; }

    /// <summary>
    /// Whether the words really stand in the text. Treat what rests on a quote that does not with care. Words that could stand anywhere do not count: fewer
    /// than 8 letters are a quote only where they are a whole line or turn, or, from 4 letters on, as words that stand in the text only once.
    /// </summary>
    [MemberNotNullWhen(true, nameof(Offset), nameof(Line))]
    public bool IsFound => Offset is not null && Line is not null;
}
