using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Finds schemas that no answer fits: a model would be paid for trying.</summary>
internal static class SchemaContradictions
{
    public static void FindIn(SchemaLimits limits, string pointer, SchemaFaults faults)
    {
        foreach ((string lower, SchemaNumber? least) in new[] { ("minimum", limits.Minimum), ("exclusiveMinimum", limits.ExclusiveMinimum) })
        {
            foreach ((string upper, SchemaNumber? most) in new[] { ("maximum", limits.Maximum), ("exclusiveMaximum", limits.ExclusiveMaximum) })
            {
                int order = least is { } low && most is { } high ? low.Compare(high) : -1;
                if (order > 0 || (order == 0 && (lower is "exclusiveMinimum" || upper is "exclusiveMaximum")))
                {
                    Add(lower, $"{least}", upper, $"{most}");
                }
            }
        }

        if (limits.MinLength > limits.MaxLength)
        {
            Add("minLength", $"{limits.MinLength}", "maxLength", $"{limits.MaxLength}");
        }

        if (limits.MinItems > limits.MaxItems)
        {
            Add("minItems", $"{limits.MinItems}", "maxItems", $"{limits.MaxItems}");
        }

        void Add(string lower, string least, string upper, string most) =>
            faults.Add(pointer, $"'{lower}' {least} and '{upper}' {most} leave no value", "raise the upper limit or lower the lower one");
    }

    /// <summary>A constant, or all values of an enum, that the rest of the schema forbids.</summary>
    public static void FindInFixedValues(SchemaNode node, SchemaFaults faults)
    {
        if (node.Const is { } constant)
        {
            if (!Fits(node, constant))
            {
                faults.Add(node.Pointer, $"'const' {Excerpt.Of(constant)} does not fit the schema's other keywords", "remove 'const' or what forbids it");
            }
        }
        else if (!node.Enum!.Any(value => Fits(node, value)))
        {
            faults.Add(node.Pointer, "no value of 'enum' fits the schema's limits", "remove the limits or change the values");
        }
    }

    /// <summary>Numbers between whose limits there is none of their kind, and lists of more different elements than there are.</summary>
    public static void FindTooFewValues(IReadOnlyList<SchemaNode> nodes, SchemaFaults faults)
    {
        foreach (SchemaNode node in nodes)
        {
            if (ValueCount.OfNumbers(node) is { IsZero: true })
            {
                string kind = node.Limits!.MultipleOf is { } factor ? $"multiple of {factor}" : "integer";
                faults.Add(node.Pointer, $"no {kind} lies between its limits", "raise the upper limit or lower the lower one");
            }
            else if (node is { Items: { } items, Limits: { UniqueItems: true, MinItems: { } least } } && ValueCount.Of(items) < least)
            {
                faults.Add(
                    node.Pointer,
                    $"'minItems' {least} and 'uniqueItems' leave no value, since its elements have {ValueCount.Of(items)} values",
                    "lower 'minItems' or remove 'uniqueItems'");
            }
        }
    }

    /// <summary>Objects that hold themselves without end, since no member on the way may be null, absent or an empty list.</summary>
    public static void FindEndless(IReadOnlyList<SchemaNode> nodes, SchemaFaults faults)
    {
        var finite = new HashSet<SchemaNode>();
        int before;
        do
        {
            before = finite.Count;
            finite.UnionWith(nodes.Where(node => !finite.Contains(node) && HasFiniteValue(node, finite)));
        }
        while (finite.Count > before);

        // What holds an endless object is endless too: the innermost says where to mend it.
        SchemaNode? endless = nodes.LastOrDefault(node => node.Properties is not null && !finite.Contains(node));
        if (endless is not null)
        {
            faults.Add(endless.Pointer, "it requires itself without end, so no answer can fit", "make a member on the way nullable or optional, or a list");
        }
    }

    private static bool HasFiniteValue(SchemaNode node, HashSet<SchemaNode> finite)
    {
        if (node.Ref is { } target)
        {
            return finite.Contains(target);
        }

        if ((node.AnyOf ?? node.OneOf) is { } branches)
        {
            return branches.Any(finite.Contains);
        }

        return (node.Kinds & ~(JsonKinds.Object | JsonKinds.Array)) != JsonKinds.None
            || (node.Kinds.Has(JsonKinds.Array) && (node.Limits?.MinItems is null or 0 || finite.Contains(node.Items!)))
            || (node.Kinds.Has(JsonKinds.Object) && node.Properties!.All(property => property.NullMeansAbsent || finite.Contains(property.Schema!)));
    }

    private static bool Fits(SchemaNode node, JsonElement value) => ValueChecks.Check(new ValidationRun(default), node, value);
}
