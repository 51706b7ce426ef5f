using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>What a member of a request may hold.</summary>
internal sealed record MemberRule(JsonKinds Kinds)
{
    private static readonly (JsonKinds Kind, string Words)[] Names =
    [
        (JsonKinds.Text, "a string"), (JsonKinds.Integer, "an integer"), (JsonKinds.Decimal, "a decimal"), (JsonKinds.Boolean, "a boolean"),
        (JsonKinds.Object, "an object"), (JsonKinds.Array, "an array"), (JsonKinds.Null, "null"),
    ];

    public bool Required { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MaxLength { get; init; }

    public bool MayBeEmpty { get; init; } = true;

    public IReadOnlyList<string>? Values { get; init; }

    public ApiError? Find(JsonElement value, string path)
    {
        JsonKinds kind = KindOf(value);
        bool fits = Kinds.HasFlag(kind) || (kind == JsonKinds.Integer && Kinds.HasFlag(JsonKinds.Decimal));
        return !fits ? WrongType(path, Describe(Kinds & ~JsonKinds.Null), value) : kind switch
        {
            JsonKinds.Text => FindInText(value.GetString()!, path),
            JsonKinds.Integer or JsonKinds.Decimal => FindInNumber(value, path, Kinds.HasFlag(JsonKinds.Decimal) ? "decimal" : "integer"),
            JsonKinds.Array when !MayBeEmpty && value.GetArrayLength() == 0 => ApiError.Invalid(
                $"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array instead.", path, "empty_array"),
            _ => null,
        };
    }

    public static ApiError WrongType(string path, string expected, JsonElement value) => ApiError.Invalid(
        $"Invalid type for '{path}': expected {expected}, but got {Describe(KindOf(value))} instead.", path, "invalid_type");

    private ApiError? FindInText(string text, string path)
    {
        if (Values is not null && !Values.Contains(text))
        {
            return ApiError.WrongValue(path, text, Values);
        }

        return text.Length <= (MaxLength ?? int.MaxValue) ? null : ApiError.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"Invalid '{path}': string too long. Expected a string with maximum length {MaxLength}, but got a string with length {text.Length} instead."),
            path,
            "string_above_max_length");
    }

    private ApiError? FindInNumber(JsonElement value, string path, string type)
    {
        double number = value.GetDouble();
        return number > Maximum ? OutOfRange("above maximum", "<=", Maximum.Value, "above_max_value")
            : number < Minimum ? OutOfRange("below minimum", ">=", Minimum.Value, "below_min_value")
            : null;

        ApiError OutOfRange(string side, string sign, double bound, string code) => ApiError.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"Invalid '{path}': {type} {side} value. Expected a value {sign} {bound}, but got {value.GetRawText()} instead."),
            path,
            $"{type}_{code}");
    }

    private static JsonKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonKinds.Text,
        JsonValueKind.Number => value.TryGetInt64(out _) ? JsonKinds.Integer : JsonKinds.Decimal,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        JsonValueKind.Object => JsonKinds.Object,
        JsonValueKind.Array => JsonKinds.Array,
        _ => JsonKinds.Null,
    };

    private static string Describe(JsonKinds kinds)
    {
        string[] words = [.. Names.Where(name => kinds.HasFlag(name.Kind)).Select(name => name.Words)];
        return words.Length == 1 ? words[0] : $"one of {string.Join(" or ", words)}";
    }
}
