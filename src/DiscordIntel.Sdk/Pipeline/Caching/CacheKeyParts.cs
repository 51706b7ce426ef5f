using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>Everything that decides an answer, and how it is read.</summary>
internal readonly record struct CacheKeyParts
{
    public required TenantGeneration Tenant { get; init; }

    /// <summary>The provider's name and its address.</summary>
    public required string Server { get; init; }

    /// <summary>The step's name: one step does not read what another has checked.</summary>
    public required string Operation { get; init; }

    /// <summary>What else decides how the answer is read: the limits that a schema had before it was made lawful, say.</summary>
    public string? Reader { get; init; }

    /// <summary>With the model that was chosen, and what the catalogue knows of it.</summary>
    public required ChatOptions Options { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>
    /// A random word that stands in the messages and is another one in each call, such as the marker that fences content in. Where it stands counts, its letters do not.
    /// </summary>
    public string? Nonce { get; init; }
}
