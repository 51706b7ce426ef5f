namespace DiscordIntel.Analysis;

/// <summary>How long texts are read. Tokens are estimated here: UTF-8 bytes / 4.</summary>
public sealed class AnalysisOptions
{
    /// <summary>
    /// A text above this estimate is split into parts of at most this size, which are read side by side and merged. A part's request is longer by its overlap
    /// (<see cref="OverlapTokens"/>), the instructions and the schema of the answer. What a request that merges them has to read
    /// is at most as long (but may take 4000 tokens where this is less); where that is not enough, the parts are merged in groups first.
    /// </summary>
    /// <value>100 to 500000 tokens. Default: 12000.</value>
    public int PartTokens { get; set; } = 12_000;

    /// <summary>How much of the text before a part is shown again with it, for context.</summary>
    /// <value>0 to 100000 tokens, and never more than a quarter of a part. Default: 150 tokens.</value>
    public int OverlapTokens { get; set; } = 150;

    /// <summary>How many parts of one text are read at the same time.</summary>
    /// <value>1 to 32. Default: 4.</value>
    public int MaxParallelParts { get; set; } = 4;

    internal IEnumerable<string> Faults(string path)
    {
        if (PartTokens is < 100 or > 500_000)
        {
            yield return $"{path}:PartTokens is {PartTokens}. Set a whole number from 100 to 500000.";
        }

        if (OverlapTokens is < 0 or > 100_000)
        {
            yield return $"{path}:OverlapTokens is {OverlapTokens}. Set a whole number from 0 to 100000.";
        }

        if (MaxParallelParts is < 1 or > 32)
        {
            yield return $"{path}:MaxParallelParts is {MaxParallelParts}. Set a whole number from 1 to 32.";
        }
    }
}
