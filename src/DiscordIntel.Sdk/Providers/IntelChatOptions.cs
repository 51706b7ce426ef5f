using DiscordIntel.Models;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// What travels down to a provider beyond the common chat options. A foreign <see cref="IChatClient"/> reads the common ones and ignores the rest;
/// the shape for one model is made by the client that talks to it.
/// </summary>
internal sealed class IntelChatOptions : ChatOptions
{
    public IntelChatOptions()
    {
    }

    private IntelChatOptions(IntelChatOptions other)
        : base(other) => (Scope, Model, ReasoningEffort) = (other.Scope, other.Model, other.ReasoningEffort);

    /// <summary>For whom; becomes an identifier that cannot be turned back, never the ids themselves.</summary>
    public IntelScope? Scope { get; init; }

    /// <summary>What the catalogue knows of the model; null when it does not know it.</summary>
    public ModelInfo? Model { get; init; }

    /// <summary>The effort asked for, in the provider's words.</summary>
    public string? ReasoningEffort { get; init; }

    public override ChatOptions Clone() => new IntelChatOptions(this);
}
