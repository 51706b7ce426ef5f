using Microsoft.Extensions.AI;

namespace DiscordIntel.Text;

/// <summary>What <see cref="TextClient"/> answers.</summary>
public sealed record TextRequest
{
    /// <summary>The conversation, oldest first, text only. The SDK keeps no history: send what the model should know.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>How to answer this one; null for the configured way.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>A request of one prompt.</summary>
    public static TextRequest Of(string prompt) => new() { Messages = [new ChatMessage(ChatRole.User, prompt)] };
}
