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

    /// <summary>A whole answer over Responses; <paramref name="output"/> is JSON, the items one behind the other.</summary>
    public static string Response(string output, string status = "completed", string more = "") =>
        $$$"""{"id":"resp_1","object":"response","created_at":1,"status":"{{{status}}}","model":"{{{Model}}}","output":[{{{output}}}],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":3,"cache_write_tokens":4},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":15}{{{more}}} }""";

    /// <summary>An item of such an answer that says something.</summary>
    public static string Message(string text) =>
        $$$"""{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":{{{Text(text)}}},"annotations":[]}]}""";

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
