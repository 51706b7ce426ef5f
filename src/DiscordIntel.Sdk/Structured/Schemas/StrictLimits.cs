using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>The size limits of strict structured outputs (OpenAI guide "Structured outputs"), counted on the form that is sent.</summary>
internal sealed class StrictLimits
{
    private const int MostLevels = 10;
    private const int MostProperties = 5_000;
    private const int MostEnumValues = 1_000;
    private const int MostCharacters = 120_000;
    private const int LargeEnum = 250;
    private const int MostCharactersOfLargeEnum = 15_000;

    private readonly SchemaFaults _faults;
    private int _properties;
    private int _enumValues;
    private long _characters;
    private bool _tooDeep;

    private StrictLimits(SchemaFaults faults) => _faults = faults;

    public static void Check(JsonElement strict, SchemaFaults faults)
    {
        var count = new StrictLimits(faults);
        count.Visit(strict, "#", level: 0);
        Report(faults, count._properties, MostProperties, "properties");
        Report(faults, count._enumValues, MostEnumValues, "enum values");
        Report(faults, count._characters, MostCharacters, "characters of names and fixed values");
    }

    private static void Report(SchemaFaults faults, long count, int most, string what)
    {
        if (count > most)
        {
            faults.Add("#", $"{count} {what} where a strict model takes {most}", "split it into several calls");
        }
    }

    /// <param name="schema">A schema of the strict form.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="level">The objects and lists around it; a reference does not count.</param>
    private void Visit(JsonElement schema, string pointer, int level)
    {
        if (schema.TryGetProperty("properties", out JsonElement properties) | schema.TryGetProperty("items", out JsonElement items))
        {
            level++;
        }

        if (level > MostLevels && !_tooDeep)
        {
            _tooDeep = true;
            _faults.Add(pointer, $"more than {MostLevels} levels of nesting", "flatten the inner objects");
        }

        _properties += VisitNamed(properties, SchemaPointer.Append(pointer, "properties"), level);
        if (schema.TryGetProperty("$defs", out JsonElement definitions))
        {
            VisitNamed(definitions, SchemaPointer.Append(pointer, "$defs"), level: 0);
        }

        if (items.ValueKind == JsonValueKind.Object)
        {
            Visit(items, SchemaPointer.Append(pointer, "items"), level);
        }

        if (schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            foreach ((int i, JsonElement branch) in branches.EnumerateArray().Index())
            {
                Visit(branch, SchemaPointer.Append(SchemaPointer.Append(pointer, "anyOf"), $"{i}"), level);
            }
        }

        CountFixedValues(schema, pointer);
    }

    private int VisitNamed(JsonElement schemas, string pointer, int level)
    {
        int count = 0;
        if (schemas.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in schemas.EnumerateObject())
            {
                count++;
                _characters += member.Name.Length;
                Visit(member.Value, SchemaPointer.Append(pointer, member.Name), level);
            }
        }

        return count;
    }

    private void CountFixedValues(JsonElement schema, string pointer)
    {
        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            _characters += LengthOf(constant);
        }

        if (!schema.TryGetProperty("enum", out JsonElement values))
        {
            return;
        }

        long characters = values.EnumerateArray().Sum(LengthOf);
        _characters += characters;
        _enumValues += values.GetArrayLength();
        if (values.GetArrayLength() > LargeEnum && characters > MostCharactersOfLargeEnum)
        {
            _faults.Add(
                pointer,
                $"an enum of more than {LargeEnum} values may have {MostCharactersOfLargeEnum} characters, not {characters}",
                "shorten its values or use a string");
        }
    }

    private static long LengthOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()!.Length : value.GetRawText().Length;
}
