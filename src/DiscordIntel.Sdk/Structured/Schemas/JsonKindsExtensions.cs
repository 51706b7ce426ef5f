using System.Numerics;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

internal static class JsonKindsExtensions
{
    private static readonly string[] Names = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public static bool TryParse(string? name, out JsonKinds kind)
    {
        int index = Array.IndexOf(Names, name);
        kind = index < 0 ? JsonKinds.None : (JsonKinds)(1 << index);
        return index >= 0;
    }

    /// <summary>The narrowest kind of a value: an integral number is <see cref="JsonKinds.Integer"/>.</summary>
    public static JsonKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonKinds.String,
        JsonValueKind.Number => value.TryGetInt64(out _) || SchemaNumber.From(value).IsInteger ? JsonKinds.Integer : JsonKinds.Number,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        JsonValueKind.Object => JsonKinds.Object,
        JsonValueKind.Array => JsonKinds.Array,
        JsonValueKind.Null => JsonKinds.Null,
        _ => JsonKinds.None,
    };

    extension(JsonKinds kinds)
    {
        public bool Has(JsonKinds any) => (kinds & any) != JsonKinds.None;

        public bool Admits(JsonElement value)
        {
            JsonKinds kind = value.ValueKind == JsonValueKind.Number && kinds.Has(JsonKinds.Number) ? JsonKinds.Number : KindOf(value);
            return kinds.Has(kind);
        }

        public IEnumerable<string> ToNames() => Names.Where((_, index) => kinds.Has((JsonKinds)(1 << index)));

        public bool IsSingle => BitOperations.PopCount((uint)kinds) == 1;
    }
}
