namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// Finds schemas that apply to the same value without end, and chains too long to follow. Recursion through properties and items is fine:
/// the answer ends it.
/// </summary>
internal static class SchemaCycles
{
    /// <summary>With an answer of at most 64 levels this bounds the validator's recursion.</summary>
    private const int LongestChain = 16;

    public static void Find(IReadOnlyList<SchemaNode> nodes, SchemaFaults faults)
    {
        var heights = new Dictionary<SchemaNode, int>();
        foreach (SchemaNode node in nodes)
        {
            if (Height(node, heights, depth: 0) > LongestChain)
            {
                faults.Add(
                    node.Pointer,
                    $"its $ref and anyOf lead back to itself, or through more than {LongestChain} schemas, before any property",
                    "let it lead to a schema with a type");
                return;
            }
        }
    }

    // A height too great is passed up; a node on the way (still 'too great') that is met again closes a cycle.
    private static int Height(SchemaNode node, Dictionary<SchemaNode, int> heights, int depth)
    {
        const int tooGreat = LongestChain + 1;
        if (heights.TryGetValue(node, out int known))
        {
            return known;
        }

        if (depth > LongestChain)
        {
            return tooGreat;
        }

        heights[node] = tooGreat;
        int height = 0;
        foreach (SchemaNode next in node.InPlace)
        {
            height = Math.Max(height, Math.Min(tooGreat, 1 + Height(next, heights, depth + 1)));
        }

        heights[node] = height;
        return height;
    }
}
