namespace DiscordIntel.Models;

/// <summary>When a model takes a temperature.</summary>
public enum TemperatureSupport
{
    /// <summary>Not known: a temperature is sent as asked.</summary>
    Unknown,

    /// <summary>Always.</summary>
    Any,

    /// <summary>Only with the reasoning effort <c>none</c>; with any other the provider answers 400.</summary>
    OnlyWithoutReasoning,

    /// <summary>Never.</summary>
    Fixed,
}
