using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads the events of a streamed chat completion. What every event adds (finish reason, usage, refusal, tool calls) gathers in <see cref="Reply"/>; its text is
/// handed out at once. The first choice is the reply. Unknown members and nulls are passed over, as in a whole answer, and so are wrong types, but where the text
/// should be: to pass over a piece of it would leave a hole that nobody sees.
/// </summary>
internal sealed class ChatChunkReader : IEventReader
{
    private readonly List<PartialCall> _calls = [];
    private readonly EventHead _head = new();
    private StringBuilder? _refusal;
    private bool _hasMoreThanUsage;

    public ChatReply Reply { get; } = new();

    public bool IsDone { get; private set; }

    public string? Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return null;
        }

        string? text = null;
        bool hasUsage = false;
        bool isHead = true;
        if (_head.TryPass(data, out Utf8JsonReader json))
        {
            json.Read();
            text = ReadChoices(ref json);
            isHead = false;
        }
        else if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw NotAChunk(json);
        }

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("choices"u8))
            {
                if (isHead)
                {
                    _head.Keep(data, json);
                    isHead = false;
                }

                json.Read();
                text = ReadChoices(ref json);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                isHead = false;
                json.Read();
                hasUsage = json.TokenType is JsonTokenType.StartObject;
                UsageReader.Read(ref json, Reply);
            }
            else if (Reply.Id is null && name.SequenceEqual("id"u8))
            {
                // Azure's first event, of its content filter, has neither.
                Reply.Id = WireJson.Text(ref json) is { Length: > 0 } id ? id : null;
            }
            else if (Reply.Model is null && name.SequenceEqual("model"u8))
            {
                Reply.Model = WireJson.Text(ref json) is { Length: > 0 } model ? model : null;
            }
            else if (Reply.ServiceTier is null && name.SequenceEqual("service_tier"u8))
            {
                Reply.ServiceTier = WireJson.Text(ref json);
            }
            else if (name.SequenceEqual("error"u8))
            {
                isHead = false;
                json.Read();
                ErrorReader.Read(ref json, Reply);
            }
            else
            {
                WireJson.Pass(ref json);
            }
        }

        // Text after the object would throw here.
        json.Read();
        _hasMoreThanUsage = !hasUsage && (_hasMoreThanUsage || text is { Length: > 0 });
        return text;
    }

    public ChatReply Gather()
    {
        if (_hasMoreThanUsage)
        {
            // Some servers count as they go: a count that lacks the end of the answer is no account of it.
            Reply.ForgetUsage();
        }

        Reply.Refusal = _refusal?.ToString();
        Reply.ToolCalls = _calls.Count == 0 ? null : [.. _calls.OrderBy(call => call.Index).Select(call => new ChatReply.ToolCall(call.Id, call.Name, call.Arguments.ToString()))];
        return Reply;
    }

    private string? ReadChoices(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            return json.TokenType is JsonTokenType.Null ? null : throw NotAChunk(json);
        }

        string? text = null;
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (json.TokenType is not JsonTokenType.StartObject)
            {
                throw NotAChunk(json);
            }

            bool? isFirst = null;
            while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
            {
                if (isFirst is null && name.SequenceEqual("index"u8))
                {
                    isFirst = WireJson.Count(ref json) is null or 0;
                }
                else if ((isFirst ??= IsFirst(json)) is false)
                {
                    WireJson.Pass(ref json);
                }
                else if (name.SequenceEqual("delta"u8))
                {
                    json.Read();
                    text += ReadDelta(ref json);
                }
                else if (name.SequenceEqual("finish_reason"u8))
                {
                    Finish(WireJson.Text(ref json));
                }
                else
                {
                    WireJson.Pass(ref json);
                }
            }

            Reply.HasChoice |= isFirst ?? true;
        }

        return text;
    }

    // Some servers send an empty word with every event: it says nothing. And what has cut the answer off is not taken back by a later word.
    private void Finish(string? reason)
    {
        if (reason is { Length: > 0 } && ReplyVerdict.KindOf(Reply.FinishReason) is null)
        {
            Reply.FinishReason = reason;
        }
    }

    private JsonException NotAChunk(in Utf8JsonReader json) =>
        new("An event of the stream is not a piece of an answer.", null, null, _head.Passed + json.TokenStartIndex);

    // The index mostly comes first, and may come last: a copy of the reader looks for it behind the member at hand.
    private static bool IsFirst(Utf8JsonReader json)
    {
        WireJson.Pass(ref json);
        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("index"u8))
            {
                return WireJson.Count(ref json) is null or 0;
            }

            WireJson.Pass(ref json);
        }

        return true;
    }

    private string? ReadDelta(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            return json.TokenType is JsonTokenType.Null ? null : throw NotAChunk(json);
        }

        string? text = null;
        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("content"u8))
            {
                json.Read();
                text = json.TokenType is JsonTokenType.String or JsonTokenType.StartArray or JsonTokenType.Null ? ChatReplyReader.Content(ref json) : throw NotAChunk(json);
            }
            else if (name.SequenceEqual("refusal"u8))
            {
                if (WireJson.Text(ref json) is { Length: > 0 } refusal)
                {
                    (_refusal ??= new StringBuilder()).Append(refusal);
                    _hasMoreThanUsage = true;
                }
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                json.Read();
                ReadToolCalls(ref json);
            }
            else
            {
                WireJson.Pass(ref json);
            }
        }

        return text;
    }

    private void ReadToolCalls(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        using JsonDocument calls = JsonDocument.ParseValue(ref json);
        foreach (JsonElement call in calls.RootElement.EnumerateArray())
        {
            if (call.ValueKind is JsonValueKind.Object)
            {
                Add(call);
                _hasMoreThanUsage = true;
            }
        }
    }

    // The first piece of a call has its id and name, the others only their index and more of the arguments.
    private void Add(JsonElement piece)
    {
        int? index = JsonText.TryGetMember(piece, "index"u8, out JsonElement number) && number.ValueKind is JsonValueKind.Number && number.TryGetInt32(out int at) ? at : null;
        string? id = Text(piece, "id"u8);
        PartialCall? call = index is { } known ? _calls.Find(one => one.Index == known)
            : id is not null ? _calls.Find(one => one.Id == id)
            : _calls.LastOrDefault();
        if (call is null)
        {
            call = new PartialCall(index ?? _calls.Count);
            _calls.Add(call);
        }

        call.Id = id is { Length: > 0 } ? id : call.Id;
        if (JsonText.TryGetMember(piece, "function"u8, out JsonElement function) && function.ValueKind is JsonValueKind.Object)
        {
            call.Name = Text(function, "name"u8) is { Length: > 0 } name ? name : call.Name;
            call.Arguments.Append(Text(function, "arguments"u8));
        }
    }

    private static string? Text(JsonElement parent, ReadOnlySpan<byte> name) =>
        JsonText.TryGetMember(parent, name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? JsonText.Read(value) : null;

    private sealed class PartialCall(int index)
    {
        public int Index { get; } = index;

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
