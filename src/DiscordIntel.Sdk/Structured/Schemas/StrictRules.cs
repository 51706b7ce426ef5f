using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// What strict structured outputs demand of a schema (OpenAI guide "Structured outputs"): a closed object at the root and a known type
/// everywhere. Open ends that can be closed are closed here, so that the local check refuses what the strict form refuses.
/// </summary>
internal static class StrictRules
{
    /// <summary>Applies the rules to a root object, behind any references, and to all that it leads to.</summary>
    public static void Apply(SchemaNode root, SchemaFaults faults)
    {
        IReadOnlyList<SchemaNode> nodes = root.Reachable();
        foreach (SchemaNode node in nodes)
        {
            Check(node, faults);
        }

        if (root is { Unreadable: null, AnyOf: not null } or { Unreadable: null, OneOf: not null })
        {
            faults.Add("#", "the root is a union, and a strict model takes no anyOf there", "put the union into a property of an object");
        }
        else if (root is { Unreadable: null, Ref: null } && root.Kinds != JsonKinds.Object)
        {
            faults.Add("#", "the root must be an object", "wrap it in an object with one property");
        }

        if (!faults.Any)
        {
            MarkNullsThatMeanAbsent(nodes);
            SchemaContradictions.FindTooFewValues(nodes, faults);
            SchemaContradictions.FindEndless(nodes, faults);
        }
    }

    private static void Check(SchemaNode node, SchemaFaults faults)
    {
        if (node.Unreadable is { } reason)
        {
            faults.Add(node.Pointer, reason);
            return;
        }

        if (node.Limits is { } limits)
        {
            SchemaContradictions.FindIn(limits, node.Pointer, faults);
        }

        if (node.Boolean is { } accepts)
        {
            faults.Add(node.Pointer, $"'{(accepts ? "true" : "false")}' accepts {(accepts ? "anything" : "nothing")}", "give it a type");
        }
        else if (node.Ref is not null || node.AnyOf is not null || node.OneOf is not null)
        {
            CheckAlone(node, faults);
        }
        else
        {
            CheckTyped(node, faults);
        }
    }

    private static void CheckAlone(SchemaNode node, SchemaFaults faults)
    {
        int unions = (node.Ref is null ? 0 : 1) + (node.AnyOf is null ? 0 : 1) + (node.OneOf is null ? 0 : 1);
        bool typed = node.Kinds != JsonKinds.None || node.Enum is not null || node.Const is not null || node.Properties is not null
            || node.Additional is not null || node.Items is not null;
        if (unions > 1 || typed)
        {
            string keyword = node.Ref is not null ? "$ref" : node.AnyOf is not null ? "anyOf" : "oneOf";
            faults.Add(
                node.Pointer,
                $"'{keyword}' beside other keywords cannot be sent to a strict model",
                keyword is "$ref" ? "put them into the definition" : "put them into each branch");
        }
    }

    private static void CheckTyped(SchemaNode node, SchemaFaults faults)
    {
        node.Kinds = node.Kinds == JsonKinds.None ? Infer(node) : node.Kinds;
        if (node.Kinds == JsonKinds.None && !faults.Has(node.Pointer))
        {
            faults.Add(node.Pointer, "it accepts anything", "give it a 'type', 'enum', 'anyOf' or '$ref'");
        }

        IReadOnlyList<JsonElement> fixedValues = [.. node.Enum ?? [], .. node.Const is { } constant ? [constant] : Array.Empty<JsonElement>()];
        if (fixedValues.FirstOrDefault(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) is { ValueKind: not JsonValueKind.Undefined } structured)
        {
            faults.Add(node.Pointer, $"{Excerpt.Of(structured)} as a fixed value cannot be sent to a strict model", "use a string, a number, a boolean or null");
            return;
        }

        foreach (JsonElement value in fixedValues.Where(value => !node.Kinds.Admits(value)))
        {
            faults.Add(node.Pointer, $"the fixed value {Excerpt.Of(value)} is not of the schema's type", "add its type to 'type' or remove the value");
        }

        if (fixedValues.Count > 0 && !faults.Has(node.Pointer))
        {
            SchemaContradictions.FindInFixedValues(node, faults);
        }

        if (node.Kinds.Has(JsonKinds.Object))
        {
            Close(node, faults);
        }

        if (node.Kinds.Has(JsonKinds.Array) && node.Items is null)
        {
            faults.Add(node.Pointer, "a list of anything cannot be sent to a strict model", "describe its elements in 'items'");
        }
    }

    private static void Close(SchemaNode node, SchemaFaults faults)
    {
        foreach (SchemaProperty property in node.Properties ?? [])
        {
            if (property.Schema is null)
            {
                faults.Add(
                    node.Pointer, $"'required' names '{Excerpt.Of(property.Name)}', which is not among the properties", "describe it in 'properties' or remove the name");
            }
        }

        if (node is { Additional: not null, IsClosed: false })
        {
            faults.Add(node.Pointer, "an open dictionary cannot be sent to a strict model", "use a list of objects with a key and a value");
        }
        else if (node is { Properties: null, IsClosed: false } && !faults.Has(node.Pointer))
        {
            faults.Add(
                node.Pointer,
                "an object whose members are not described cannot be sent to a strict model",
                "describe them in 'properties', or use a list of objects with a key and a value");
        }

        node.Properties ??= [];
        node.Additional ??= new SchemaNode(node.Pointer) { Boolean = false };
    }

    private static JsonKinds Infer(SchemaNode node)
    {
        if (node.Properties is not null || node.Additional is not null)
        {
            return JsonKinds.Object;
        }

        if (node.Items is not null)
        {
            return JsonKinds.Array;
        }

        JsonKinds kinds = node.Const is { } constant ? JsonKindsExtensions.KindOf(constant) : JsonKinds.None;
        foreach (JsonElement value in node.Enum ?? [])
        {
            kinds |= JsonKindsExtensions.KindOf(value);
        }

        return kinds.Has(JsonKinds.Number) ? kinds & ~JsonKinds.Integer : kinds;
    }

    private static void MarkNullsThatMeanAbsent(IReadOnlyList<SchemaNode> nodes)
    {
        foreach (SchemaProperty property in nodes.SelectMany(node => node.Properties ?? []))
        {
            property.NullMeansAbsent = !property.Required && !property.Schema!.AdmitsNull();
        }
    }
}
