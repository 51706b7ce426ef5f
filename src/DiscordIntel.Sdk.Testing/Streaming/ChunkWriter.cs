using System.Text.Json;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>Writes the <c>chat.completion.chunk</c> objects of one stream.</summary>
internal sealed class ChunkWriter(EmulatorCall call, Completion completion, bool namesUsage)
{
    // OpenAI pads with random characters, so that the length of a chunk does not tell the length of its text. These are the same in every run.
    private const string Padding = "kQz7Wb2mXe9Rt4Yp";

    public static ReadOnlySpan<char> PaddingOf(string text) => Padding.AsSpan(text.Length % Padding.Length);

    public void Write(Utf8JsonWriter json, StreamPiece piece)
    {
        json.WriteStartObject();
        WriteHead(json);
        json.WriteStartArray("choices");
        if (piece.Kind is not (StreamPieceKind.Usage or StreamPieceKind.Empty))
        {
            WriteChoice(json, piece);
        }

        json.WriteEndArray();
        if (piece.Kind is StreamPieceKind.Usage)
        {
            CompletionWriter.WriteUsage(json, call, completion);
        }
        else if (namesUsage)
        {
            json.WriteNull("usage");
        }

        if (call.WantsObfuscation)
        {
            json.WriteString("obfuscation", PaddingOf(piece.Text));
        }

        json.WriteEndObject();
    }

    /// <summary>An error where OpenRouter puts it: beside a choice that it ends.</summary>
    public void WriteRouterError(Utf8JsonWriter json, StreamBreak error)
    {
        json.WriteStartObject();
        WriteHead(json);
        json.WriteStartObject("error");
        json.WritePropertyName("code");
        if (error.IsNumber)
        {
            json.WriteRawValue(error.Code);
        }
        else
        {
            json.WriteStringValue(error.Code);
        }

        json.WriteString("message", "Provider disconnected unexpectedly");
        json.WriteEndObject();
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        json.WriteString("content", "");
        json.WriteEndObject();
        json.WriteString("finish_reason", "error");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        CompletionWriter.WriteHead(json, call, "chat.completion.chunk");
        json.WriteString("service_tier", "default");
        json.WriteNull("system_fingerprint");
    }

    private void WriteChoice(Utf8JsonWriter json, StreamPiece piece)
    {
        bool isFinish = piece.Kind is StreamPieceKind.Finish;
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        if (!isFinish || completion.HasMessage)
        {
            json.WriteStartObject("delta");
            WriteDelta(json, piece);
            json.WriteEndObject();
        }

        json.WriteNull("logprobs");
        json.WriteString("finish_reason", isFinish ? completion.FinishReason : null);
        json.WriteEndObject();
    }

    private void WriteDelta(Utf8JsonWriter json, StreamPiece piece)
    {
        switch (piece.Kind)
        {
            case StreamPieceKind.Role:
                json.WriteString("role", "assistant");
                json.WriteString("content", completion.Content is null ? null : "");
                json.WriteString("refusal", completion.Refusal is null ? null : "");
                break;
            case StreamPieceKind.Content:
                json.WriteString("content", piece.Text);
                break;
            case StreamPieceKind.Refusal:
                json.WriteString("refusal", piece.Text);
                break;
            case StreamPieceKind.CallName or StreamPieceKind.CallArguments:
                WriteToolCall(json, piece);
                break;
        }
    }

    private void WriteToolCall(Utf8JsonWriter json, StreamPiece piece)
    {
        bool isName = piece.Kind is StreamPieceKind.CallName;
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", piece.Call);
        if (isName)
        {
            json.WriteString("id", Completion.CallId(call, piece.Call));
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (isName)
        {
            json.WriteString("name", piece.Text);
        }

        json.WriteString("arguments", isName ? "" : piece.Text);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
