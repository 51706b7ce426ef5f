using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// One request to a provider, as a value: below the gateway faults are exceptions, above it there are none.
/// A reply that is refused, cut off or filtered has both a reply (it was billed) and an error.
/// </summary>
internal readonly record struct Attempt
{
    public ChatResponse? Reply { get; init; }

    /// <summary>An opened stream, standing on its first text.</summary>
    public ModelStream? Stream { get; init; }

    public StepError? Error { get; init; }

    /// <summary>Whether another attempt may follow at once.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Nothing was sent: the provider has asked for a pause that is not over.</summary>
    public bool IsPaused { get; init; }

    /// <summary>No answer came, but the provider may bill the request all the same.</summary>
    public bool BillIsUnknown { get; init; }

    /// <summary>The caller has given up.</summary>
    public bool IsCancelled { get; init; }
}
