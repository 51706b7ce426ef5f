using Microsoft.Extensions.AI;

namespace DiscordIntel.Structured;

/// <summary>What <see cref="StructuredOutputClient"/> answers.</summary>
public sealed record StructuredRequest
{
    /// <summary>The conversation, oldest first, text only.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The schema's name for the model: 1 to 64 of <c>a-z A-Z 0-9 _ -</c>; anything else is replaced by <c>_</c>.</summary>
    /// <value>Default: the type's name, or the schema's title.</value>
    public string? SchemaName { get; init; }

    /// <summary>What the answer is for, in a sentence for the model.</summary>
    public string? SchemaDescription { get; init; }

    /// <summary>How to answer this one; null for the configured way.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>A request of one prompt.</summary>
    public static StructuredRequest Of(string prompt) => new() { Messages = [new ChatMessage(ChatRole.User, prompt)] };
}
