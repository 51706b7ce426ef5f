using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// Whether a reply is the complete answer that was asked for. Read in this one place from content and finish reason, for our own clients and for foreign ones.
/// </summary>
internal static class ReplyVerdict
{
    public static StepError? Of(ChatResponse reply)
    {
        string text = reply.Text;
        string? partial = string.IsNullOrWhiteSpace(text) ? null : text;
        if (First<ErrorContent>(reply) is { } problem && (partial is null || IsRefusal(problem)))
        {
            return IsRefusal(problem)
                ? Error(StepErrorKind.Refused, "The model declined to answer.", partial ?? problem.Message)
                : Error(StepErrorKind.InvalidResponse, "The provider sent an error in place of an answer.", null);
        }

        return reply.FinishReason?.Value switch
        {
            "content_filter" => Error(StepErrorKind.ContentFiltered, "The provider's content filter stopped the answer.", partial),
            "length" or "max_tokens" => Error(
                StepErrorKind.Truncated, $"The answer was cut off at the output limit{Spent(reply.Usage)}. Raise MaxOutputTokens or ask for less.", partial),
            "error" => Error(StepErrorKind.ProviderUnavailable, "The provider broke the answer off with an error.", partial),
            _ when partial is null && First<FunctionCallContent>(reply) is null => Error(StepErrorKind.InvalidResponse, "The answer is empty.", null),
            _ => null,
        };
    }

    private static bool IsRefusal(ErrorContent problem) => string.Equals(problem.ErrorCode, ChatReplyMapper.RefusalCode, StringComparison.OrdinalIgnoreCase);

    private static StepError Error(StepErrorKind kind, string message, string? partial) =>
        new() { Kind = kind, Message = message, Partial = partial, IsRetryable = ErrorClassifier.IsRetryable(kind) };

    private static string Spent(UsageDetails? usage) => usage switch
    {
        { OutputTokenCount: { } output, ReasoningTokenCount: > 0 and var reasoning } => $" after {output} tokens, {reasoning} of them hidden reasoning",
        { OutputTokenCount: { } output } => $" after {output} tokens",
        _ => "",
    };

    private static T? First<T>(ChatResponse reply)
        where T : AIContent
    {
        // By index: the lists are interfaces, and their enumerators would be allocated on every call.
        for (int i = 0; i < reply.Messages.Count; i++)
        {
            IList<AIContent> contents = reply.Messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is T found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
