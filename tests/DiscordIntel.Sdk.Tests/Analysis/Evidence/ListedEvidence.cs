using System.Collections.Concurrent;
using DiscordIntel.Analysis.Evidence;

namespace DiscordIntel.Tests.Analysis.Evidence;

/// <summary>A source that a test fills, and that notes what it was asked.</summary>
internal sealed class ListedEvidence(Func<string, CancellationToken, ValueTask<IReadOnlyList<EvidencePassage>>> find) : IEvidenceSource
{
    public ListedEvidence(params EvidencePassage[] passages)
        : this((_, _) => ValueTask.FromResult<IReadOnlyList<EvidencePassage>>(passages))
    {
    }

    public ConcurrentQueue<(string Claim, IntelScope Scope)> Asked { get; } = [];

    public ValueTask<IReadOnlyList<EvidencePassage>> FindAsync(string claim, IntelScope scope, CancellationToken cancellationToken)
    {
        Asked.Enqueue((claim, scope));
        return find(claim, cancellationToken);
    }
}
