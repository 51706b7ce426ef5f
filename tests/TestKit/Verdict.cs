namespace DiscordIntel.TestKit;

/// <summary>What a schema says about a value: its errors, and which of an object's members it knows (JSON Schema's annotations).</summary>
internal sealed class Verdict
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private bool _knowsAll;

    public List<Misfit> Misfits { get; } = [];

    public bool IsValid => Misfits.Count == 0;

    public void Know(string member) => _known.Add(member);

    public void KnowAll() => _knowsAll = true;

    public bool Knows(string member) => _knowsAll || _known.Contains(member);

    public void Add(string path, string message) => Misfits.Add(new(path, MisfitKind.Other, message));

    public void Merge(Verdict other)
    {
        Misfits.AddRange(other.Misfits);
        _known.UnionWith(other._known);
        _knowsAll |= other._knowsAll;
    }
}
