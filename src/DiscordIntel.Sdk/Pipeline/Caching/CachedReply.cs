using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>
/// What is kept of a reply, ours or a foreign client's: what a client reads of it. How it was delivered (headers, raw objects, hidden reasoning) is left out.
/// Nobody can change it.
/// </summary>
internal sealed class CachedReply
{
    // The objects around the text: this one, its place in the cache, the usage.
    private const int Overhead = 640;

    private readonly string _text;
    private readonly string? _refusal;
    private readonly CachedCall[] _calls;
    private readonly ChatFinishReason? _finish;
    private readonly string? _model;
    private readonly string? _responseId;
    private readonly UsageDetails? _usage;
    private readonly ReplyDetails _details;

    private CachedReply(ChatResponse reply, string text, string? refusal, CachedCall[] calls)
    {
        (_text, _refusal, _calls) = (text, refusal, calls);
        (_finish, _model, _responseId) = (reply.FinishReason, reply.ModelId, reply.ResponseId);
        _usage = Copy(reply.Usage);
        _details = new ReplyDetails { Cost = 0, Adjustments = (reply.RawRepresentation as ReplyDetails)?.Adjustments ?? [] };
        Size = Overhead + (sizeof(char) * (text.Length + (refusal?.Length ?? 0) + calls.Sum(call => (long)call.Length)));
    }

    /// <summary>About the bytes that it takes in memory.</summary>
    public long Size { get; }

    /// <summary>
    /// The reply to keep; null when it holds something that cannot be kept, or repeats the word of this call alone (<see cref="CacheKeyParts.Nonce"/>), which would
    /// mean nothing in the next call.
    /// </summary>
    public static CachedReply? Of(ChatResponse reply, string? nonce = null)
    {
#pragma warning disable MEAI001 // An answer that is still being made.
        if (reply.ConversationId is not null || reply.ContinuationToken is not null)
#pragma warning restore MEAI001
        {
            return null;
        }

        string? refusal = null;
        List<CachedCall>? calls = null;
        foreach (AIContent content in reply.Messages.SelectMany(message => message.Contents))
        {
            switch (content)
            {
                case TextContent { Annotations: null or { Count: 0 } } when content.GetType() == typeof(TextContent):
                case TextReasoningContent:
                    break;
                case ErrorContent { Details: null } error when refusal is null && string.Equals(error.ErrorCode, ChatReplyMapper.RefusalCode, StringComparison.OrdinalIgnoreCase):
                    refusal = error.Message;
                    break;
                case FunctionCallContent call when CachedCall.Of(call) is { } kept:
                    (calls ??= []).Add(kept);
                    break;
                default:
                    return null;
            }
        }

        string text = reply.Text;
        return reply.Messages.Any(message => message.Role != ChatRole.Assistant) || (!string.IsNullOrEmpty(nonce) && text.Contains(nonce, StringComparison.Ordinal))
            ? null
            : new CachedReply(reply, text, refusal, calls?.ToArray() ?? []);
    }

    /// <summary>A reply of the reader's own. Its cost is 0: it has been paid for.</summary>
    public ChatResponse ToResponse()
    {
        var contents = new List<AIContent>(1);
        if (_text.Length > 0)
        {
            contents.Add(new TextContent(_text));
        }

        if (_refusal is not null)
        {
            contents.Add(new ErrorContent(_refusal) { ErrorCode = ChatReplyMapper.RefusalCode });
        }

        foreach (CachedCall call in _calls)
        {
            contents.Add(call.ToContent());
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            FinishReason = _finish,
            ModelId = _model,
            ResponseId = _responseId,
            Usage = Copy(_usage),
            RawRepresentation = _details,
        };
    }

    private static UsageDetails? Copy(UsageDetails? usage)
    {
        if (usage is null)
        {
            return null;
        }

        var copy = new UsageDetails();
        copy.Add(usage);
        return copy;
    }
}
