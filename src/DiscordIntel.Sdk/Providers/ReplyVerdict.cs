using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// Whether a reply is the complete answer that was asked for. Read in this one place from content and finish reason, for our own clients and for foreign ones.
/// </summary>
internal static class ReplyVerdict
{
    /// <summary>What is said of an answer that its provider has broken off.</summary>
    public const string BrokenOff = "The provider broke the answer off with an error.";

    /// <summary>
    /// Which failure a finish reason stands for; null for none. The words are OpenAI's, OpenRouter's, and those that DeepSeek, Mistral, Z.ai and vLLM have of their own.
    /// A word that nobody knows is the end of a whole answer.
    /// </summary>
    public static StepErrorKind? KindOf(string? finishReason) => finishReason switch
    {
        "content_filter" or "sensitive" => StepErrorKind.ContentFiltered,
        "length" or "max_tokens" or "model_length" or "model_context_window_exceeded" => StepErrorKind.Truncated,
        "error" or "abort" or "network_error" or "insufficient_system_resource" => StepErrorKind.ProviderUnavailable,
        _ => null,
    };

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

        return KindOf(reply.FinishReason?.Value) switch
        {
            StepErrorKind.ContentFiltered => Error(StepErrorKind.ContentFiltered, "The provider's content filter stopped the answer.", partial),
            StepErrorKind.Truncated => Error(
                StepErrorKind.Truncated, $"The answer was cut off at the output limit{Spent(reply.Usage)}. Raise MaxOutputTokens or ask for less.", partial),
            StepErrorKind.ProviderUnavailable => Error(StepErrorKind.ProviderUnavailable, BrokenOff, partial),
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
