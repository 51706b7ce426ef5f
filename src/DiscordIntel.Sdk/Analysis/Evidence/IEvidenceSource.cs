namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// Finds what may settle a claim: a search engine, a database, a wiki. Register one as a singleton, or a folder of texts with
/// <see cref="DiscordIntelBuilder.UseEvidenceFolder"/>; then fact checks look their claims up in it.
/// </summary>
public interface IEvidenceSource
{
    /// <summary>
    /// Finds passages about a claim. Called for several claims at the same time. It is given 10 seconds for each; an exception, and silence beyond them, leave the
    /// claim <see cref="ClaimVerdict.Unverified"/> with a warning in the receipt.
    /// </summary>
    /// <param name="claim">The claim, in the model's words.</param>
    /// <param name="scope">For whom: what one server may read may be hidden from another.</param>
    /// <param name="cancellationToken">The caller has given up.</param>
    /// <returns>
    /// Passages, the most telling first; empty when there are none. The first 5 of each claim are read, 2,000 UTF-16 units of each. They go to the model, which
    /// judges whether they settle the claim: being about the same subject is not enough.
    /// </returns>
    ValueTask<IReadOnlyList<EvidencePassage>> FindAsync(string claim, IntelScope scope, CancellationToken cancellationToken);
}
