using System.Text.Json;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using DiscordIntel.Structured.Schemas;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Structured;

/// <summary>One structured answer: the call, the check of its reply, and the one re-ask with what was wrong.</summary>
internal sealed class StructuredTurn<T>(
    StructuredStep step, StructuredRequest request, CompiledSchema schema, IJsonSchemaValidator? second, Func<ReadOnlyMemory<byte>, T> parse)
    where T : notnull
{
    private IReadOnlyList<string> _issues = [];

    public ModelCall<T> First() => Call(request.Messages, step.Spent, isAgain: false);

    /// <summary>The call that asks again; null when the result stands: a success, or a failure that asking again does not mend.</summary>
    public ModelCall<T>? Again(StepResult<T> first)
    {
        if (first.Error is not { Kind: StepErrorKind.InvalidResponse, Partial: { } text } error)
        {
            return null;
        }

        // Well-formed and lawful, yet not readable as the type: a date that is none, say, or a value that a constructor of the host's refuses.
        IReadOnlyList<string> issues = error.Exception is { } unreadable
            ? [$"{(unreadable as JsonException)?.Path ?? "$"}: the value does not fit its type."]
            : _issues;
        return issues.Count == 0
            ? null
            : Call(
                [.. request.Messages, new ChatMessage(ChatRole.Assistant, text), new ChatMessage(ChatRole.User, StructuredPrompts.AskAgain(issues))],
                step.Spent + first.Receipt.Elapsed,
                isAgain: true);
    }

    private ModelCall<T> Call(IReadOnlyList<ChatMessage> messages, TimeSpan spent, bool isAgain) => new()
    {
        Operation = step.Operation,
        Feature = IntelFeature.StructuredOutputs,
        Messages = messages,

        // A first answer has been paid: the second request may wait for its turn rather than lose it.
        Generation = isAgain ? (request.Generation ?? new GenerationOptions()) with { Background = true } : request.Generation,
        Fault = step.Fault ?? schema.Fault,
        Spent = spent,
        Reader = schema.Reader,
        Nonce = step.Nonce,
        IsCacheable = !isAgain,
        Format = schema.Schema is { } lawful
            ? ChatResponseFormat.ForJsonSchema(lawful.Strict, SchemaNames.Lawful(request.SchemaName) ?? lawful.Name ?? "answer", request.SchemaDescription)
            : null,
        Read = Read,
    };

    private Reading<T> Read(ChatResponse reply)
    {
        string text = reply.Text;
        SchemaVerdict verdict = schema.Schema!.Validate(text);
        _issues = verdict.IsValid && second is not null
            ? second.Validate(schema.Schema.Original, JsonElement.Parse(verdict.Json.Span))
            : verdict.Issues;
        return _issues.Count == 0
            ? Reading<T>.Of(parse(verdict.Json))
            : Reading<T>.Failed(new StepError
            {
                Kind = StepErrorKind.InvalidResponse,
                Message = $"The answer does not fit its schema. {string.Join(" ", _issues.Select(ForLog))}",
                Partial = text,
                IsRetryable = true,
            });
    }

    /// <summary>An issue without the answer's own words and numbers: they may be somebody's, and the message is logged.</summary>
    private static string ForLog(string issue)
    {
        int place = issue.IndexOf(": ", StringComparison.Ordinal);
        int rule = issue.LastIndexOf(" is ", StringComparison.Ordinal);
        if (issue.EndsWith(": it is not a known member", StringComparison.Ordinal))
        {
            return "It holds an unknown member.";
        }

        // What stands before the last "is" is the value; what follows is the schema's.
        return place < 0 ? "It does not fit." : rule > place && !issue.AsSpan(rule).Contains('"') ? $"{issue[..place]}: it{issue[rule..]}." : $"{issue[..place]}: it does not fit.";
    }
}
