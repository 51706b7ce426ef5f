namespace DiscordIntel.Structured.Schemas;

/// <summary>What is wrong with a schema, each with its path and a way out.</summary>
internal sealed class SchemaFaults
{
    /// <summary>A list longer than this helps nobody.</summary>
    public const int Most = 20;

    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public bool Any => _texts.Count > 0;

    /// <param name="pointer">The JSON pointer of the schema, with its leading <c>#</c>.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="wayOut">What to write instead.</param>
    public void Add(string pointer, string what, string wayOut)
    {
        if (_texts.Count < Most)
        {
            _texts.Add($"{SchemaPointer.ToPath(pointer)}: {what}; {wayOut}");
        }
    }
}
