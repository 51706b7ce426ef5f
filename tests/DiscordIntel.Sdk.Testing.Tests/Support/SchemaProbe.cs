using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>A small validator of its own, so that the emulator's replies are not judged by the emulator's reading of a schema.</summary>
internal sealed class SchemaProbe(JsonElement root)
{
    private readonly List<string> _faults = [];

    /// <summary>Texts that the schema leaves free: no format, pattern, enum or const.</summary>
    public List<string> FreeTexts { get; } = [];

    public IReadOnlyList<string> Check(JsonElement value)
    {
        _faults.Clear();
        FreeTexts.Clear();
        _faults.AddRange(Faults(root, value, "$", FreeTexts));
        return _faults;
    }

    private List<string> Faults(JsonElement schema, JsonElement value, string at, List<string> texts)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Faults(Resolve(reference.GetString()!), value, at, texts);
        }

        if (schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            // An enum's value fits a free text beside it too: the reading with the fewest free texts is the one that was meant.
            List<string>? fewest = null;
            foreach (JsonElement branch in branches.EnumerateArray())
            {
                var inner = new List<string>();
                if (Faults(branch, value, at, inner).Count == 0 && inner.Count < (fewest?.Count ?? int.MaxValue))
                {
                    fewest = inner;
                }
            }

            texts.AddRange(fewest ?? []);
            return fewest is not null ? [] : [$"{at}: no branch of anyOf fits"];
        }

        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            return JsonElement.DeepEquals(constant, value) ? [] : [$"{at}: not the const"];
        }

        if (schema.TryGetProperty("enum", out JsonElement values) && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            return [$"{at}: not in the enum"];
        }

        string[] types = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } many
            ? [.. many.EnumerateArray().Select(type => type.GetString()!)]
            : [schema.GetProperty("type").GetString()!];
        if (!types.Any(type => IsOf(type, value)))
        {
            return [$"{at}: {value.ValueKind} is not {string.Join('|', types)}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => InObject(schema, value, at, texts),
            JsonValueKind.Array => InArray(schema, value, at, texts),
            JsonValueKind.Number => InNumber(schema, value.GetDecimal(), at),
            JsonValueKind.String => InText(schema, value.GetString()!, at, texts),
            _ => [],
        };
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
        _ => value.ValueKind == JsonValueKind.Number,
    };

    private List<string> InObject(JsonElement schema, JsonElement value, string at, List<string> texts)
    {
        string[] expected = [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        string[] actual = [.. value.EnumerateObject().Select(property => property.Name)];
        if (!expected.SequenceEqual(actual))
        {
            return [$"{at}: has {string.Join(',', actual)} instead of {string.Join(',', expected)}"];
        }

        return [.. expected.SelectMany(name => Faults(schema.GetProperty("properties").GetProperty(name), value.GetProperty(name), $"{at}.{name}", texts))];
    }

    private List<string> InArray(JsonElement schema, JsonElement value, string at, List<string> texts)
    {
        int count = value.GetArrayLength();
        var faults = value.EnumerateArray().SelectMany((item, index) => Faults(schema.GetProperty("items"), item, $"{at}[{index}]", texts)).ToList();
        if (Number(schema, "minItems") > count || Number(schema, "maxItems") < count)
        {
            faults.Add($"{at}: {count} items");
        }

        return faults;
    }

    private static List<string> InNumber(JsonElement schema, decimal value, string at) =>
        Number(schema, "minimum") > value || Number(schema, "maximum") < value
        || Number(schema, "exclusiveMinimum") >= value || Number(schema, "exclusiveMaximum") <= value
        || (Number(schema, "multipleOf") is { } step && value % step != 0)
            ? [$"{at}: {value.ToString(CultureInfo.InvariantCulture)} is outside {schema}"]
            : [];

    private static List<string> InText(JsonElement schema, string text, string at, List<string> texts)
    {
        var faults = new List<string>();
        if (schema.TryGetProperty("pattern", out JsonElement pattern))
        {
            if (!Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)))
            {
                faults.Add($"{at}: '{text}' does not match {pattern}");
            }
        }
        else if (schema.TryGetProperty("format", out JsonElement format))
        {
            if (!HasFormat(format.GetString()!, text))
            {
                faults.Add($"{at}: '{text}' is not a {format}");
            }
        }
        else if (!schema.TryGetProperty("enum", out _))
        {
            texts.Add(text);
        }

        int longest = schema.TryGetProperty("description", out JsonElement words) && Regex.Match(words.GetString()!, @"^At most (?<n>\d+) characters\.$", RegexOptions.NonBacktracking) is { Success: true } match
            ? int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture)
            : 200;
        if (text.Length > Math.Min(longest, 200))
        {
            faults.Add($"{at}: {text.Length} characters");
        }

        return faults;
    }

    private static bool HasFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParseExact(text, "HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Regex.IsMatch(text, @"^PT[1-9]\d*M$", RegexOptions.NonBacktracking),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "ipv4" => System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? four) && four.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork,
        "ipv6" => System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? six) && six.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6,
        "email" => System.Net.Mail.MailAddress.TryCreate(text, out _),
        "hostname" => Uri.CheckHostName(text) == UriHostNameType.Dns,
        _ => false,
    };

    private static decimal? Number(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out JsonElement value) ? value.GetDecimal() : null;

    private JsonElement Resolve(string reference)
    {
        JsonElement target = root;
        foreach (string part in reference.Split('/').Skip(1))
        {
            target = target.GetProperty(part);
        }

        return target;
    }
}
