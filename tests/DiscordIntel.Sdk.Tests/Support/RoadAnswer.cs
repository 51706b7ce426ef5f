using System.Text.Json;

namespace DiscordIntel.Tests.Support;

/// <summary>Answers of a chat server, small and plain.</summary>
internal static class RoadAnswer
{
    public const string Id = "chatcmpl-1";
    public const string Model = "gpt-6-luna";

    /// <summary>A whole answer; <paramref name="message"/> and <paramref name="usage"/> are JSON.</summary>
    public static string Chat(
        string message, string? finish = "stop", string? usage = """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""", string model = Model) =>
        $$$"""{"id":"{{{Id}}}","object":"chat.completion","created":1,"model":"{{{model}}}","choices":[{"index":0,"message":{{{message}}},"finish_reason":{{{Text(finish)}}}}],"usage":{{{usage ?? "null"}}} }""";

    public static string Saying(string content, string? finish = "stop", string? usage = """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""", string model = Model) =>
        Chat($$"""{"role":"assistant","content":{{Text(content)}},"refusal":null}""", finish, usage, model);

    public static string Error(string message, string? code = null, string? type = null) =>
        $$$"""{"error":{"message":{{{Text(message)}}},"type":{{{Text(type)}}},"param":null,"code":{{{Text(code)}}} } }""";

    public static HttpResponseMessage Of(int status, byte[] body, params (string Name, string Value)[] headers) =>
        Of(status, new ByteArrayContent(body), headers);

    public static HttpResponseMessage Of(int status, HttpContent content, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = content };
        foreach ((string name, string value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    private static string Text(string? text) => text is null ? "null" : $"\"{JsonEncodedText.Encode(text)}\"";
}
