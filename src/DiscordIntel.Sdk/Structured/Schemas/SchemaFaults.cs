namespace DiscordIntel.Structured.Schemas;

/// <summary>What is wrong with a schema, each with its path and a way out.</summary>
internal sealed class SchemaFaults
{
    /// <summary>A list longer than this helps nobody.</summary>
    public const int Most = 20;

    private readonly List<string> _texts = [];
    private readonly HashSet<string> _places = [];

    public IReadOnlyList<string> Texts => _texts;

    public bool Any => _texts.Count > 0;

    /// <param name="pointer">The JSON pointer of the schema, with its leading <c>#</c>.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="wayOut">What to write instead.</param>
    public void Add(string pointer, string what, string wayOut) => Add(pointer, $"{what}; {wayOut}");

    /// <summary>Adds a sentence that names the way out itself. The same one is told once.</summary>
    public void Add(string pointer, string fault)
    {
        string text = $"{SchemaPointer.ToPath(pointer)}: {fault}";
        _places.Add(pointer);
        if (_texts.Count < Most && !_texts.Contains(text, StringComparer.Ordinal))
        {
            _texts.Add(text);
        }
    }

    /// <summary>Whether a fault is known at this place: what follows from it need not be told too.</summary>
    public bool Has(string pointer) => _places.Contains(pointer);
}
