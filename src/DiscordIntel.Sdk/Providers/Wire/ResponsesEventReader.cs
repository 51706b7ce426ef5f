using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads the events of a streamed response. Text is handed out as it comes; the last event holds the whole response again, and what it says counts. Unknown events
/// and members are passed over.
/// </summary>
internal sealed class ResponsesEventReader : IEventReader
{
    private StringBuilder? _refusal;
    private bool _hasText;

    private enum Kind
    {
        Other,
        Text,
        Refusal,
        Item,
        Arguments,
        Head,
        End,
        Error,
    }

    public ChatReply Reply { get; private set; } = new();

    public bool IsDone { get; private set; }

    public string? Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            // The mark of the other API, which some servers send here too. It does not stand for the last event.
            IsDone = true;
            return null;
        }

        var json = new Utf8JsonReader(data);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("An event of the stream is not a JSON object.");
        }

        Kind kind = Kind.Other;
        int at = 0;

        // The kind mostly comes first, and may come last: the values wait for it.
        Utf8JsonReader delta = default, arguments = default, item = default, response = default;
        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("type"u8))
            {
                json.Read();
                kind = KindOf(ref json);
                json.Skip();
            }
            else if (name.SequenceEqual("output_index"u8))
            {
                at = (int)Math.Min(WireJson.Count(ref json) ?? 0, int.MaxValue);
            }
            else
            {
                Utf8JsonReader value = json;
                if (name.SequenceEqual("delta"u8))
                {
                    delta = value;
                }
                else if (name.SequenceEqual("arguments"u8))
                {
                    arguments = value;
                }
                else if (name.SequenceEqual("item"u8))
                {
                    item = value;
                }
                else if (name.SequenceEqual("response"u8))
                {
                    response = value;
                }
                else if (name.SequenceEqual("error"u8))
                {
                    value.Read();
                    ErrorReader.Read(ref value, Reply);
                }

                WireJson.Pass(ref json);
            }
        }

        // Text after the object would throw here.
        json.Read();
        return kind switch
        {
            Kind.Text => ReadText(ref delta),
            Kind.Refusal => ReadRefusal(ref delta),
            Kind.Item => ReadItem(ref item, at),
            Kind.Arguments => ReadArguments(ref arguments, at),
            Kind.Head => ReadHead(ref response),
            Kind.End => ReadEnd(ref response),
            Kind.Error => ReadError(data),
            _ => null,
        };
    }

    public ChatReply Gather()
    {
        Reply.Refusal ??= _refusal?.ToString();
        return Reply;
    }

    // By its bytes: the JSON reader's own comparison throws at broken text.
    private static Kind KindOf(ref Utf8JsonReader json)
    {
        ReadOnlySpan<byte> kind = json.TokenType is JsonTokenType.String ? JsonText.Name(ref json) : default;
        return kind.SequenceEqual("response.output_text.delta"u8) ? Kind.Text
            : kind.SequenceEqual("response.refusal.delta"u8) ? Kind.Refusal
            : kind.SequenceEqual("response.output_item.added"u8) || kind.SequenceEqual("response.output_item.done"u8) ? Kind.Item
            : kind.SequenceEqual("response.function_call_arguments.done"u8) ? Kind.Arguments
            : kind.SequenceEqual("response.created"u8) ? Kind.Head
            : kind.SequenceEqual("response.completed"u8) || kind.SequenceEqual("response.incomplete"u8) || kind.SequenceEqual("response.failed"u8) ? Kind.End
            : kind.SequenceEqual("error"u8) ? Kind.Error
            : Kind.Other;
    }

    // A value that is not there leaves its reader without a position.
    private static string? TextOf(ref Utf8JsonReader value) => value.TokenType is JsonTokenType.PropertyName ? WireJson.Text(ref value) : null;

    private string ReadText(ref Utf8JsonReader delta)
    {
        // To pass over a piece of the text would leave a hole that nobody sees.
        string text = TextOf(ref delta) ?? throw new JsonException("A piece of the text is not text.");
        _hasText |= text.Length > 0;
        return text;
    }

    private string? ReadRefusal(ref Utf8JsonReader delta)
    {
        (_refusal ??= new StringBuilder()).Append(TextOf(ref delta));
        return null;
    }

    // An item comes when it begins and again when it is whole.
    private string? ReadItem(ref Utf8JsonReader item, int at)
    {
        if (item.Read())
        {
            using JsonDocument document = JsonDocument.ParseValue(ref item);
            Reply.ToolCalls?.RemoveAll(call => call.At == at);
            Reply.Reasoning?.RemoveAll(reasoning => reasoning.At == at);
            ResponsesItems.Read(document.RootElement, at, Reply);
        }

        return null;
    }

    // Some servers send nothing of a call behind this.
    private string? ReadArguments(ref Utf8JsonReader arguments, int at)
    {
        if (TextOf(ref arguments) is { } text && Reply.ToolCalls?.FindIndex(call => call.At == at) is >= 0 and var index)
        {
            Reply.ToolCalls[index] = Reply.ToolCalls[index] with { Arguments = text };
        }

        return null;
    }

    private string? ReadHead(ref Utf8JsonReader response)
    {
        if (response.Read())
        {
            ChatReply head = ResponsesReplyReader.Read(ref response);
            (Reply.Id, Reply.Model) = (head.Id, head.Model);
        }

        return null;
    }

    private string? ReadEnd(ref Utf8JsonReader response)
    {
        IsDone = true;
        if (!response.Read())
        {
            return null;
        }

        ChatReply end = ResponsesReplyReader.Read(ref response);
        end.Id ??= Reply.Id;
        end.Model ??= Reply.Model;
        if (end is { Text: null, Refusal: null, ToolCalls: null, Reasoning: null })
        {
            // Some servers leave the output out, having sent it item by item.
            (end.Text, end.TextAt, end.Refusal, end.ToolCalls, end.Reasoning) = (Reply.Text, Reply.TextAt, Reply.Refusal, Reply.ToolCalls, Reply.Reasoning);
            end.FinishReason = end.FinishReason is "stop" && end.ToolCalls is { Count: > 0 } ? "tool_calls" : end.FinishReason;
        }

        Reply = end;
        return _hasText ? null : end.Text;
    }

    private string? ReadError(ReadOnlySpan<byte> data)
    {
        // OpenAI puts the members of the error beside the type, or into an object of their own.
        if (Reply.Error is null)
        {
            var json = new Utf8JsonReader(data);
            json.Read();
            ErrorReader.Read(ref json, Reply);
        }

        return null;
    }
}
