using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>Puts what was read into the common vocabulary.</summary>
internal static class ChatReplyMapper
{
    public const string RefusalCode = "Refusal";

    public static ChatResponse ToResponse(ChatReply reply, ReplyDetails details)
    {
        var contents = new List<AIContent>(1);
        if (reply.Text is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (reply.Refusal is { Length: > 0 } refusal)
        {
            // As the other clients of this vocabulary do: a refusal is an error in the content, finish reason stop, text empty.
            contents.Add(new ErrorContent(refusal) { ErrorCode = RefusalCode });
        }

        foreach (ChatReply.ToolCall call in reply.ToolCalls ?? [])
        {
            contents.Add(ToContent(call));
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = reply.Id,
            ModelId = reply.Model is { Length: > 0 } model ? model : null,
            FinishReason = reply.FinishReason is { Length: > 0 } finish ? new ChatFinishReason(finish) : null,
            Usage = reply.InputTokens is null && reply.OutputTokens is null
                ? null
                : new UsageDetails
                {
                    InputTokenCount = reply.InputTokens,
                    OutputTokenCount = reply.OutputTokens,
                    TotalTokenCount = reply.InputTokens + reply.OutputTokens,
                    CachedInputTokenCount = reply.CachedInputTokens,
                    ReasoningTokenCount = reply.ReasoningTokens,
                },
            RawRepresentation = details,
        };
    }

    /// <summary>A call with its arguments read; where they cannot be, with the reason, and never with none in their place. The raw text is what the model wrote.</summary>
    private static FunctionCallContent ToContent(ChatReply.ToolCall call)
    {
        bool isRead = ToolText.TryRead(call.Arguments, out Dictionary<string, object?>? arguments, out Exception? fault);
        return new FunctionCallContent(call.Id, call.Name, isRead ? arguments : null) { Exception = fault, RawRepresentation = call.Arguments };
    }
}
