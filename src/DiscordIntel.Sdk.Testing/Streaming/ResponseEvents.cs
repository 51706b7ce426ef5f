using System.Text.Json;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>
/// Says what a streamed response sends for each piece of a completion. A piece is what a chunk of Chat Completions brings, so that a script cuts both alike; here it
/// may take several events.
/// </summary>
internal sealed class ResponseEvents(EmulatorCall call, Completion completion, bool withUsage)
{
    private readonly IReadOnlyList<ResponseItem> _items = ResponseItem.Of(call, completion);
    private int _number;

    // The item that has begun and not ended.
    private int _open = -1;

    public IEnumerable<ResponseEvent> Of(StreamPiece piece) => piece.Kind switch
    {
        StreamPieceKind.Role => [Head("response.created"), Head("response.in_progress"), .. BeginWhile(static item => item.Type != "function_call")],
        StreamPieceKind.Empty => [Head("response.created")],
        StreamPieceKind.Content => [Delta("response.output_text.delta", piece.Text, isText: true)],
        StreamPieceKind.Refusal => [Delta("response.refusal.delta", piece.Text, isText: false)],
        StreamPieceKind.CallName => [.. End(), .. Begin(_open + 1)],
        StreamPieceKind.CallArguments => [Delta("response.function_call_arguments.delta", piece.Text, isText: false)],
        StreamPieceKind.Finish => [.. End()],
        _ => [Last(completion.FinishReason is "length" or "content_filter" ? "response.incomplete" : "response.completed")],
    };

    public static ResponseEvent Error(StreamBreak error, string message) => new("error", json =>
    {
        json.WriteString("code", error.Code);
        json.WriteString("message", message);
        json.WriteNull("param");
    });

    /// <summary>The answer ends as a failure, with the error in the response.</summary>
    public ResponseEvent Failed(StreamBreak error, string message) => new("response.failed", json =>
    {
        json.WriteStartObject("response");
        json.WriteString("id", ResponseWriter.IdOf(call));
        json.WriteString("object", "response");
        json.WriteString("status", "failed");
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

        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteStartArray("output");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public void Write(Utf8JsonWriter json, ResponseEvent sent)
    {
        json.WriteStartObject();
        json.WriteString("type", sent.Name);
        sent.WriteMembers(json);
        json.WriteNumber("sequence_number", _number++);
        json.WriteEndObject();
    }

    private ResponseEvent Head(string name) => new(name, json =>
    {
        json.WritePropertyName("response");
        ResponseWriter.Write(json, call, completion, isEnd: false, withUsage: false);
    });

    private ResponseEvent Last(string name) => new(name, json =>
    {
        json.WritePropertyName("response");
        ResponseWriter.Write(json, call, completion, isEnd: true, withUsage);
    });

    private IEnumerable<ResponseEvent> BeginWhile(Func<ResponseItem, bool> belongs)
    {
        while (_open + 1 < _items.Count && belongs(_items[_open + 1]))
        {
            foreach (ResponseEvent sent in (IEnumerable<ResponseEvent>)[.. End(), .. Begin(_open + 1)])
            {
                yield return sent;
            }
        }
    }

    private IEnumerable<ResponseEvent> Begin(int index)
    {
        _open = index;
        ResponseItem item = _items[index];
        yield return Item("response.output_item.added", isDone: false);
        if (item.Type == "message")
        {
            yield return Part("response.content_part.added", "");
        }
    }

    private IEnumerable<ResponseEvent> End()
    {
        if (_open < 0)
        {
            yield break;
        }

        ResponseItem item = _items[_open];
        if (item.Type == "function_call")
        {
            yield return InItem("response.function_call_arguments.done", json =>
            {
                json.WriteString("name", item.Name);
                json.WriteString("arguments", item.Text);
            });
        }
        else if (item.Type == "message")
        {
            yield return InItem(item.IsRefusal ? "response.refusal.done" : "response.output_text.done", json =>
            {
                json.WriteNumber("content_index", 0);
                json.WriteString(item.IsRefusal ? "refusal" : "text", item.Text);
                WriteLogprobs(json, !item.IsRefusal);
            });
            yield return Part("response.content_part.done", item.Text);
        }

        yield return Item("response.output_item.done", isDone: true);
    }

    private ResponseEvent Item(string name, bool isDone)
    {
        int index = _open;
        return new(name, json =>
        {
            json.WriteNumber("output_index", index);
            json.WritePropertyName("item");
            _items[index].Write(json, isDone);
        });
    }

    private ResponseEvent Part(string name, string text)
    {
        ResponseItem item = _items[_open];
        return InItem(name, json =>
        {
            json.WriteNumber("content_index", 0);
            json.WritePropertyName("part");
            item.WritePart(json, text);
        });
    }

    private ResponseEvent Delta(string name, string text, bool isText)
    {
        bool isCall = _items[_open].Type == "function_call";
        return InItem(name, json =>
        {
            if (!isCall)
            {
                json.WriteNumber("content_index", 0);
            }

            json.WriteString("delta", text);
            WriteLogprobs(json, isText);
            if (call.WantsObfuscation)
            {
                json.WriteString("obfuscation", ChunkWriter.PaddingOf(text));
            }
        });
    }

    private ResponseEvent InItem(string name, Action<Utf8JsonWriter> write)
    {
        int index = _open;
        return new(name, json =>
        {
            json.WriteString("item_id", _items[index].Id);
            json.WriteNumber("output_index", index);
            write(json);
        });
    }

    private static void WriteLogprobs(Utf8JsonWriter json, bool isText)
    {
        if (isText)
        {
            json.WriteStartArray("logprobs");
            json.WriteEndArray();
        }
    }
}
