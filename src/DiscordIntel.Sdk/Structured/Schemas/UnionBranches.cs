using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Tells cheaply which branches of a union cannot fit a value: by its type, and by members with one fixed value.</summary>
internal static class UnionBranches
{
    public static bool MayFit(SchemaNode branch, JsonElement value)
    {
        while (branch.Ref is { } target)
        {
            branch = target;
        }

        if (branch.Boolean is false || (branch.Kinds != JsonKinds.None && !branch.Kinds.Admits(value)))
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.Object || branch.Properties is null)
        {
            return true;
        }

        foreach (SchemaProperty property in branch.Properties)
        {
            if (FixedValueOf(property) is { } expected
                && value.TryGetProperty(property.Name, out JsonElement actual)
                && !(property.NullMeansAbsent && actual.ValueKind == JsonValueKind.Null)
                && !JsonEquality.AreEqual(expected, actual))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement? FixedValueOf(SchemaProperty property) => property.Schema switch
    {
        { Const: { } constant } => constant,
        { Enum: [JsonElement only] } => only,
        _ => null,
    };
}
