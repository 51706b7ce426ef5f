using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Providers.Wire;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// The most that a request can cost, known before it is sent. Tokens of text are bounded by its UTF-8 bytes: a byte-level vocabulary never makes more tokens than
/// there are bytes. (A tokenizer would be nearer, for 40 MiB and a quarter of a second at start; what is reserved too much is free again when the answer is there.)
/// </summary>
internal static class CostEstimator
{
    // Role, separators and the start of the answer: OpenAI documents 3 to 4 tokens a message.
    private const int TokensPerMessage = 16;

    // The wrapping of a schema or a tool in the prompt.
    private const int TokensPerDefinition = 64;

    // Eight tiles and the base of the model that counts most for them (OpenAI's guide "Images and vision").
    private const int DearestImage = 2_833 + (8 * 5_667);

    /// <summary>
    /// The bound in nano-dollars, at most <see cref="BudgetLine.MaxNanoUsd"/>, beyond which no ledger counts; null when the model's price or the size of a
    /// content is not known.
    /// </summary>
    public static long? Bound(CallContext context, ModelPrice? price) =>
        price is not null && InputTokens(context) is { } input && price.UpperBoundInNanoUsd(input, OutputTokens(context)) is { } bound
            ? Math.Min(bound, BudgetLine.MaxNanoUsd)
            : null;

    /// <summary>The most input tokens; null for content whose size in tokens is not known.</summary>
    public static long? InputTokens(CallContext context)
    {
        long tokens = TokensPerMessage;
        IReadOnlyList<ChatMessage> messages = context.Call.Messages;
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            tokens += TokensPerMessage;
            for (int j = 0; j < contents.Count; j++)
            {
                if (Tokens(contents[j], context.KnownModel) is not { } size)
                {
                    return null;
                }

                tokens += size;
            }
        }

        if (context.Call.Format is ChatResponseFormatJson { Schema: { } schema } format)
        {
            tokens += TokensPerDefinition + JsonMarshal.GetRawUtf8Value(schema).Length
                + Bytes(format.SchemaName) + Bytes(format.SchemaDescription);
        }

        if (context.Call.Tools is { Count: > 0 } tools)
        {
            tokens += TokensPerDefinition + tools.Sum(Tokens);
        }

        // What is longer than the context window is refused, not billed.
        return Math.Min(tokens, context.KnownModel?.ContextWindow ?? long.MaxValue);
    }

    /// <summary>The most output tokens: a maximum is always sent.</summary>
    public static long OutputTokens(CallContext context)
    {
        int asked = context.Generation.MaxOutputTokens ?? 0;
        return Math.Min(asked, context.KnownModel?.MaxOutputTokens ?? asked);
    }

    /// <summary>The most tokens that a text can have.</summary>
    public static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    /// <summary>The most tokens of a content; null when that is not known.</summary>
    public static long? Tokens(AIContent content, ModelInfo? model) => content switch
    {
        TextContent text => Bytes(text.Text),
        FunctionCallContent call => ToolText.ArgumentsOf(call) is { } arguments ? TokensPerMessage + Bytes(call.CallId) + Bytes(call.Name) + Bytes(arguments) : null,
        FunctionResultContent result => ToolText.ResultOf(result) is { } text ? TokensPerMessage + Bytes(result.CallId) + Bytes(text) : null,

        // What is encrypted is longer than what it holds.
        TextReasoningContent reasoning => TokensPerMessage + Bytes(reasoning.Text) + Bytes(reasoning.ProtectedData),
        ErrorContent refusal => Bytes(refusal.Message),
        _ when ImageText.AddressOf(content) is not null => ImageText.DetailOf(content) is "low" or "high" ? model?.MaxImageTokens ?? DearestImage : null,
        _ => null,
    };

    // Other tools than functions are not sent.
    private static long Tokens(AITool tool) => tool is AIFunctionDeclaration function
        ? TokensPerDefinition + Bytes(function.Name) + Bytes(function.Description)
            + (function.JsonSchema.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(function.JsonSchema).Length)
        : 0;
}
