using DiscordIntel.Analysis.LongContent;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>Claims that are judged in one request, with their passages: one that several claims share is shown once.</summary>
internal sealed class EvidenceGroup
{
    private readonly List<EvidencePassage> _passages = [];
    private readonly OrderedDictionary<int, (string Text, IReadOnlyList<int> Passages)> _claims = [];
    private int _tokens;

    /// <summary>By the claim's number in the analysis, from 1; each with the numbers of its passages.</summary>
    public IReadOnlyDictionary<int, (string Text, IReadOnlyList<int> Passages)> Claims => _claims;

    /// <summary>In the order of their numbers, which begin at 1.</summary>
    public IReadOnlyList<EvidencePassage> Passages => _passages;

    /// <summary>Puts claims together for as long as they fit; one that is too long alone is a group.</summary>
    /// <param name="claims">The claims with their numbers and what was found for them.</param>
    /// <param name="maxTokens">What a group may take by <see cref="TokenEstimate"/>.</param>
    public static IReadOnlyList<EvidenceGroup> Of(IEnumerable<(int Number, string Claim, IReadOnlyList<EvidencePassage> Passages)> claims, int maxTokens)
    {
        var groups = new List<EvidenceGroup>();
        foreach ((int number, string claim, IReadOnlyList<EvidencePassage> passages) in claims)
        {
            if (groups.Count == 0 || groups[^1]._tokens + groups[^1].Cost(claim, passages) > maxTokens)
            {
                groups.Add(new EvidenceGroup());
            }

            groups[^1].Add(number, claim, passages);
        }

        return groups;
    }

    private int Cost(string claim, IReadOnlyList<EvidencePassage> passages) =>
        TokenEstimate.Of(claim) + passages.Except(_passages).Sum(passage => TokenEstimate.Of(passage.Title) + TokenEstimate.Of(passage.Text));

    private void Add(int number, string claim, IReadOnlyList<EvidencePassage> passages)
    {
        _tokens += Cost(claim, passages);
        _passages.AddRange(passages.Except(_passages).ToArray());
        _claims.Add(number, (claim, [.. passages.Distinct().Select(passage => _passages.IndexOf(passage) + 1)]));
    }
}
