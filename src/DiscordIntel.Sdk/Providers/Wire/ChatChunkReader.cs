using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads the events of a streamed chat completion. What every event adds (finish reason, usage, refusal, tool calls) gathers in <see cref="Reply"/>; its text is
/// handed out at once. Unknown members, nulls and wrong types are passed over, as in a whole answer. The first choice is the reply.
/// </summary>
internal sealed class ChatChunkReader
{
    private readonly List<PartialCall> _calls = [];
    private StringBuilder? _refusal;

    /// <summary>What has come so far, without its text.</summary>
    public ChatReply Reply { get; } = new();

    /// <summary>Whether the server has marked the end of the stream.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Reads the data of one event. Gives its text; null when it has none.</summary>
    /// <exception cref="JsonException">The data is not JSON.</exception>
    public string? Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return null;
        }

        var json = new Utf8JsonReader(data);
        string? text = null;
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("An event of the stream is not a JSON object.");
        }

        while (WireJson.NextMember(ref json))
        {
            if (JsonText.IsNamed(ref json, "choices"u8))
            {
                json.Read();
                text = ReadChoices(ref json);
            }
            else if (JsonText.IsNamed(ref json, "usage"u8))
            {
                json.Read();
                UsageReader.Read(ref json, Reply);
            }
            else if (Reply.Id is null && JsonText.IsNamed(ref json, "id"u8))
            {
                // Azure's first event, of its content filter, has neither.
                Reply.Id = WireJson.Text(ref json) is { Length: > 0 } id ? id : null;
            }
            else if (Reply.Model is null && JsonText.IsNamed(ref json, "model"u8))
            {
                Reply.Model = WireJson.Text(ref json) is { Length: > 0 } model ? model : null;
            }
            else if (Reply.ServiceTier is null && JsonText.IsNamed(ref json, "service_tier"u8))
            {
                Reply.ServiceTier = WireJson.Text(ref json);
            }
            else if (JsonText.IsNamed(ref json, "error"u8))
            {
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
        return text;
    }

    /// <summary>Puts what came in pieces into <see cref="Reply"/>.</summary>
    public ChatReply Gather()
    {
        Reply.Refusal = _refusal?.ToString();
        Reply.ToolCalls = _calls.Count == 0 ? null : [.. _calls.OrderBy(call => call.Index).Select(call => new ChatReply.ToolCall(call.Id, call.Name, call.Arguments.ToString()))];
        return Reply;
    }

    private string? ReadChoices(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }

        string? text = null;
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (json.TokenType is not JsonTokenType.StartObject || !IsFirst(json))
            {
                json.Skip();
                continue;
            }

            Reply.HasChoice = true;
            while (WireJson.NextMember(ref json))
            {
                if (JsonText.IsNamed(ref json, "delta"u8))
                {
                    json.Read();
                    text += ReadDelta(ref json);
                }
                else if (JsonText.IsNamed(ref json, "finish_reason"u8))
                {
                    Reply.FinishReason = WireJson.Text(ref json) ?? Reply.FinishReason;
                }
                else
                {
                    WireJson.Pass(ref json);
                }
            }
        }

        return text;
    }

    // A copy of the reader: the index mostly comes first, and may come last.
    private static bool IsFirst(Utf8JsonReader json)
    {
        while (WireJson.NextMember(ref json))
        {
            if (JsonText.IsNamed(ref json, "index"u8))
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
            json.Skip();
            return null;
        }

        string? text = null;
        while (WireJson.NextMember(ref json))
        {
            if (JsonText.IsNamed(ref json, "content"u8))
            {
                json.Read();
                text = ChatReplyReader.Content(ref json);
            }
            else if (JsonText.IsNamed(ref json, "refusal"u8))
            {
                if (WireJson.Text(ref json) is { Length: > 0 } refusal)
                {
                    (_refusal ??= new StringBuilder()).Append(refusal);
                }
            }
            else if (JsonText.IsNamed(ref json, "tool_calls"u8))
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
