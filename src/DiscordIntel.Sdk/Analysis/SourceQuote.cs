using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Analysis;

/// <summary>Words that a model gave as a quote, and where they stand in the text. White space, quote marks, dashes and case are not compared.</summary>
public sealed record SourceQuote
{
    /// <summary>The words as they stand in the text; as the model gave them when they do not stand there.</summary>
    public required string Text { get; init; }

    /// <summary>Where they begin: the index of the first UTF-16 unit in the content; null when they are not in the text.</summary>
    public int? Offset { get; init; }

    /// <summary>The line on which they begin, from 1; null when they are not in the text.</summary>
    public int? Line { get; init; }

    /// <summary>x</summary>
    public int? Distance { get; init; }

    /// <summary>Whether the words really stand in the text. Treat what rests on a quote that does not with care.</summary>
    [MemberNotNullWhen(true, nameof(Offset), nameof(Line))]
    public bool IsFound => Offset is not null && Line is not null;
}
