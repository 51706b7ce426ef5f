using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DiscordIntel.Structured.Schemas;

/// <summary>What the schema of an enum does not say by itself: the meaning of numbers, and which flags there are.</summary>
internal static class EnumSchemas
{
    /// <summary>Eight flags that go together freely make 256 numbers, of which one enum of a strict schema holds 250 without more limits.</summary>
    private const int MostNumbers = 250;

    /// <summary>Null, or why no answer can be read into the enum, with a way out.</summary>
    /// <param name="schema">The schema, corrected in place.</param>
    /// <param name="typeInfo">The enum, not <see cref="Nullable{T}"/>.</param>
    /// <param name="nullable">Whether a <see cref="Nullable{T}"/> stood around it.</param>
    public static string? Correct(JsonObject schema, JsonTypeInfo typeInfo, bool nullable)
    {
        Type type = typeInfo.Type;
        if (Enum.GetNames(type).Length == 0)
        {
            return $"the enum {type.Name} has no values; give it one, or use another type";
        }

        bool combines = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        bool written = schema["type"] is JsonArray types ? types.Any(IsString) : IsString(schema["type"]);
        return (written, combines) switch
        {
            (true, true) => CombineNames(schema, typeInfo),
            (false, _) when schema.ContainsKey("enum") => null,
            (false, true) => CombineNumbers(schema, type, nullable),
            (false, false) => NameNumbers(schema, type, nullable),
            _ => null,
        };
    }

    private static bool IsString(JsonNode? type) => type is JsonValue name && name.TryGetValue(out string? text) && text is "string";

    /// <summary>Flags are read from names with commas between them.</summary>
    private static string? CombineNames(JsonObject schema, JsonTypeInfo typeInfo)
    {
        IEnumerable<string> names = Enum.GetValuesAsUnderlyingType(typeInfo.Type)
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(typeInfo.Type, value), typeInfo)!.GetValue<string>())
            .Distinct(StringComparer.Ordinal);
        string[] known = [.. names];
        string one = string.Join('|', known.Select(Escape));
        schema["pattern"] = $"^({one})(, ({one}))*$";
        SchemaText.AddSentence(schema, $"One or more of {string.Join(", ", known)}, with a comma and a space between two.");
        return null;
    }

    private static string Escape(string name) => string.Concat(name.Select(c => @"\^$.|?*+()[]{}".Contains(c, StringComparison.Ordinal) ? $@"\{c}" : $"{c}"));

    private static string? CombineNumbers(JsonObject schema, Type type, bool nullable)
    {
        HashSet<Int128> sums = [0];
        foreach (Int128 flag in Numbers(type))
        {
            sums.UnionWith([.. sums.Select(sum => sum | flag)]);
            if (sums.Count > MostNumbers)
            {
                return $"the flags of {type.Name} make more than {MostNumbers} numbers; serialize it by names, with a JsonStringEnumConverter";
            }
        }

        WriteNumbers(schema, sums.Order().Select(Text), nullable, $"A sum of {MeaningOf(type)}");
        return null;
    }

    /// <summary>An enum that is serialized as a number says nothing of its values: a model would guess.</summary>
    private static string? NameNumbers(JsonObject schema, Type type, bool nullable)
    {
        WriteNumbers(schema, Numbers(type).Select(Text), nullable, MeaningOf(type));
        return null;
    }

    private static void WriteNumbers(JsonObject schema, IEnumerable<string> numbers, bool nullable, string meaning)
    {
        schema["description"] = schema["description"]?.GetValue<string>() is { Length: > 0 } description ? $"{description} ({meaning})" : meaning;
        schema["type"] = nullable ? new JsonArray("integer", "null") : "integer";
        schema.Remove("pattern");
        schema["enum"] = new JsonArray([.. numbers.Distinct(StringComparer.Ordinal).Select(number => JsonNode.Parse(number)), .. nullable ? new JsonNode?[] { null } : []]);
    }

    private static string MeaningOf(Type type) => string.Join(", ", Enum.GetNames(type).Zip(Numbers(type), (name, number) => $"{Text(number)} = {name}"));

    private static IEnumerable<Int128> Numbers(Type type) =>
        Enum.GetValuesAsUnderlyingType(type).Cast<IFormattable>().Select(n => Int128.Parse(n.ToString("D", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Text(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
}
