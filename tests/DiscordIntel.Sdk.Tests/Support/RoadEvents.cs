using System.Text.Json;

namespace DiscordIntel.Tests.Support;

/// <summary>Events of a streamed chat completion, small and plain.</summary>
internal static class RoadEvents
{
    public const string Role = """data: {"id":"chatcmpl-1","model":"gpt-6-luna","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}""" + Gap;
    public const string Bill = """data: {"id":"chatcmpl-1","model":"gpt-6-luna","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""" + Gap;
    public const string Done = "data: [DONE]" + Gap;

    /// <summary>OpenAI's error in the middle of a stream.</summary>
    public const string ServerError = """data: {"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}""" + Gap;

    private const string Gap = "\n\n";

    public static string Piece(string content) => Delta($$"""{"content":"{{JsonEncodedText.Encode(content)}}"}""");

    public static string Refusal(string refusal) => Delta($$"""{"refusal":"{{JsonEncodedText.Encode(refusal)}}"}""");

    public static string Delta(string delta) => $$"""data: {"id":"chatcmpl-1","model":"gpt-6-luna","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}],"usage":null}""" + Gap;

    public static string Finish(string reason = "stop") =>
        $$"""data: {"id":"chatcmpl-1","model":"gpt-6-luna","choices":[{"index":0,"delta":{},"finish_reason":"{{reason}}"}],"usage":null}""" + Gap;

    /// <summary>OpenRouter's error in the middle of a stream; <paramref name="error"/> is JSON.</summary>
    public static string RouterError(string error) =>
        $$"""data: {"id":"gen-1","model":"gpt-6-luna","error":{{error}},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""" + Gap;

    /// <summary>A whole stream, from the role to the mark of its end.</summary>
    public static string Whole(params string[] parts) => $"{Role}{string.Concat(parts.Select(Piece))}{Finish()}{Bill}{Done}";
}
