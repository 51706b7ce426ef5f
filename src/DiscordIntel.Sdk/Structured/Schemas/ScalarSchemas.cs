using System.Text.Json.Nodes;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Makes the schema of a single value say what the serializer reads: a pattern where one says all, else a mark for the local check.</summary>
internal static class ScalarSchemas
{
    private const string TimeOfDay = @"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$";

    private static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(TimeOnly)] = $"^{TimeOfDay}",
        [typeof(TimeSpan)] = $@"^-?(\d{{1,7}}\.)?{TimeOfDay}",
        [typeof(Version)] = @"^\d{1,9}(\.\d{1,9}){1,3}$",
        [typeof(char)] = @"^[\s\S]$",
        [typeof(byte[])] = Base64,
        [typeof(Memory<byte>)] = Base64,
        [typeof(ReadOnlyMemory<byte>)] = Base64,
    };

    /// <summary>The last character before the padding may have no bits that would be lost: the serializer refuses them.</summary>
    private const string Base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

    /// <param name="schema">The schema, corrected in place.</param>
    /// <param name="type">The type it describes, not <see cref="Nullable{T}"/>.</param>
    /// <param name="nullable">Whether a <see cref="Nullable{T}"/> stood around it.</param>
    public static void Correct(JsonObject schema, Type type, bool nullable)
    {
        if (Patterns.TryGetValue(type, out string? pattern))
        {
            schema["pattern"] = pattern;

            // The format "time" asks for an offset, which TimeOnly has no place for.
            schema.Remove("format");
            if (pattern == Base64)
            {
                schema["contentEncoding"] = "base64";
                SchemaText.AddSentence(schema, "Base64.");
            }

            return;
        }

        ClrScalar scalar = ClrScalars.Of(type);
        if (scalar == ClrScalar.None)
        {
            return;
        }

        schema[SchemaReader.ScalarMarker] = (int)scalar;
        if (scalar is >= ClrScalar.SByte and <= ClrScalar.Decimal)
        {
            WriteAsNumber(schema, scalar, nullable);
        }
    }

    /// <summary>A serializer may be told to read numbers from strings as well; nobody need write them so.</summary>
    private static void WriteAsNumber(JsonObject schema, ClrScalar scalar, bool nullable)
    {
        string type = scalar >= ClrScalar.Half ? "number" : "integer";
        schema.Remove("anyOf");
        schema.Remove("pattern");
        schema["type"] = nullable ? new JsonArray(type, "null") : type;
        (int? least, int? most) = scalar switch
        {
            ClrScalar.SByte => (sbyte.MinValue, sbyte.MaxValue),
            ClrScalar.Byte => (byte.MinValue, byte.MaxValue),
            ClrScalar.Int16 => (short.MinValue, short.MaxValue),
            ClrScalar.UInt16 => (ushort.MinValue, ushort.MaxValue),
            ClrScalar.UInt32 or ClrScalar.UInt64 or ClrScalar.UInt128 => (0, null),

            // Bounds that a model does not come near to are checked, not sent.
            _ => ((int?)null, (int?)null),
        };
        AddBound(schema, "minimum", "exclusiveMinimum", least);
        AddBound(schema, "maximum", "exclusiveMaximum", most);
    }

    private static void AddBound(JsonObject schema, string keyword, string exclusive, int? bound)
    {
        if (bound is { } value && !schema.ContainsKey("enum") && !schema.ContainsKey(keyword) && !schema.ContainsKey(exclusive))
        {
            schema[keyword] = value;
        }
    }
}
