namespace DiscordIntel.Analysis.LongContent;

/// <summary>What ends at a place, the best to split at first.</summary>
internal enum BorderKind
{
    Turn,
    Paragraph,

    /// <summary>A line that ends a sentence.</summary>
    SentenceLine,
    Line,
    Sentence,
    Space,
    None,
}
