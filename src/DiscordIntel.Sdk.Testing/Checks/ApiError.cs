using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Checks;

/// <summary>An error as OpenAI words it: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal sealed record ApiError(int Status, string Message, string Type, string? Param, string? Code)
{
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>A 400 for a faulty request.</summary>
    public static ApiError Invalid(string message, string? param, string? code = null) => new(400, message, InvalidRequest, param, code);

    public static ApiError Missing(string param) => Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static ApiError Unknown(string param) => Invalid($"Unknown parameter: '{param}'.", param, "unknown_parameter");

    public static ApiError Unsupported(string param) =>
        Invalid($"Unsupported parameter: '{param}' is not supported with this model.", param, "unsupported_parameter");

    public static ApiError WrongValue(string param, string value, IReadOnlyList<string> supported) =>
        Invalid($"Invalid value: '{value}'. Supported values are: {Listed(supported)}.", param, "invalid_value");

    /// <summary><c>'a'</c>, <c>'a' and 'b'</c>, or <c>'a', 'b', and 'c'</c>.</summary>
    public static string Listed(IReadOnlyList<string> values) => values.Count switch
    {
        1 => $"'{values[0]}'",
        2 => $"'{values[0]}' and '{values[1]}'",
        _ => $"{string.Join(", ", values.SkipLast(1).Select(value => $"'{value}'"))}, and '{values[^1]}'",
    };

    public string ToJson() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", Message);
        json.WriteString("type", Type);
        json.WriteString("param", Param);
        json.WriteString("code", Code);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
