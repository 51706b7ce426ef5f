using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>What a model ruled, held against the evidence: a verdict stands only on words that are found in a passage of its claim.</summary>
internal sealed class EvidenceRulings(EvidenceGroup group, IReadOnlyList<RulingReply> rulings, List<string> warnings)
{
    private readonly Dictionary<int, QuoteLookup> _lookups = [];

    /// <summary>The claim with the verdict that it can bear.</summary>
    public Claim Judge(int number, Claim claim)
    {
        RulingReply[] own = [.. rulings.Where(ruling => ruling.Claim == number)];
        if (own.Length != 1)
        {
            warnings.Add($"Claim {number}: the model gave {(own.Length == 0 ? "no verdict" : "more than one verdict")}; it is unverified.");
            return claim;
        }

        if (own[0].Verdict is ClaimVerdict.Unverified)
        {
            return claim;
        }

        CitedEvidence[] cited = [.. own[0].Citations.Select(citation => Find(number, citation)).OfType<CitedEvidence>().Distinct()];
        if (cited.Length == 0)
        {
            warnings.Add($"Claim {number}: the model calls it {own[0].Verdict}, but cites no words that stand in its evidence; it is unverified.");
            return claim;
        }

        if (cited.Length < own[0].Citations.Distinct().Count())
        {
            warnings.Add($"Claim {number}: a citation was left out, as its words do not stand in its evidence.");
        }

        return claim with { Verdict = own[0].Verdict, Evidence = cited };
    }

    private CitedEvidence? Find(int number, CitationReply citation)
    {
        if (!group.Claims[number].Passages.Contains(citation.Passage))
        {
            return null;
        }

        EvidencePassage passage = group.Passages[citation.Passage - 1];
        if (!_lookups.TryGetValue(citation.Passage, out QuoteLookup? lookup))
        {
            _lookups.Add(citation.Passage, lookup = new QuoteLookup(passage.Text, Transcript.Read(passage.Text)));
        }

        // A slip of the pen is forgiven to a finding. A verdict is worth more: its words stand there as they are.
        (SourceQuote quote, _) = lookup.Find(citation.Quote);
        return quote is { IsFound: true, Distance: 0 } ? new CitedEvidence { Title = passage.Title, Url = passage.Url, Date = passage.Date, Quote = quote } : null;
    }
}
