using DiscordIntel.Results;

namespace DiscordIntel.Structured;

/// <summary>What a client that stands on this one says of its step.</summary>
/// <param name="Operation">Its name in telemetry.</param>
internal sealed record StructuredStep(string Operation)
{
    /// <summary>What the client already knows to be wrong; nothing is sent then.</summary>
    public StepError? Fault { get; init; }

    /// <summary>Time that the step has already taken; it counts towards the deadline.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>A random word in the messages that is another one in each call.</summary>
    public string? Nonce { get; init; }
}
