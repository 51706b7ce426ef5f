namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// Finds the passages that share the rarest words with a question: Okapi BM25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// 2009) with its usual constants. The words of a title count as words of each of its passages. Does not change once it is made.
/// </summary>
internal sealed class PassageIndex
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;
    private readonly IReadOnlyList<EvidencePassage> _passages;
    private readonly Dictionary<string, List<(int Passage, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly int[] _lengths;
    private readonly double _meanLength;

    public PassageIndex(IReadOnlyList<EvidencePassage> passages)
    {
        _passages = passages;
        _lengths = new int[passages.Count];
        for (int i = 0; i < passages.Count; i++)
        {
            string[] terms = [.. SearchTerms.Of(passages[i].Title), .. SearchTerms.Of(passages[i].Text)];
            _lengths[i] = terms.Length;
            foreach ((string term, int count) in terms.CountBy(term => term, StringComparer.Ordinal))
            {
                if (!_postings.TryGetValue(term, out List<(int Passage, int Count)>? places))
                {
                    _postings.Add(term, places = []);
                }

                places.Add((i, count));
            }
        }

        _meanLength = passages.Count == 0 ? 0 : _lengths.Average();
    }

    /// <summary>The best passages for a question, best first; of equal ones the earlier first. One that shares no word with it is none.</summary>
    public IReadOnlyList<EvidencePassage> Find(string question, int most) =>
        [.. Scores(question).OrderByDescending(score => score.Value).ThenBy(score => score.Key).Take(most).Select(score => _passages[score.Key])];

    private Dictionary<int, double> Scores(string question)
    {
        var scores = new Dictionary<int, double>();
        foreach (string term in SearchTerms.Of(question).Distinct(StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(term, out List<(int Passage, int Count)>? places))
            {
                continue;
            }

            double rarity = Math.Log(1 + ((_passages.Count - places.Count + 0.5) / (places.Count + 0.5)));
            foreach ((int passage, int count) in places)
            {
                double norm = Saturation * (1 - LengthWeight + (LengthWeight * _lengths[passage] / _meanLength));
                scores[passage] = scores.GetValueOrDefault(passage) + (rarity * count * (Saturation + 1) / (count + norm));
            }
        }

        return scores;
    }
}
