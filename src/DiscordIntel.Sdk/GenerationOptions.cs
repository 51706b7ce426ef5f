using System.Globalization;

namespace DiscordIntel;

/// <summary>
/// How the model should answer. Given with a request it holds for that call; as <c>DiscordIntel:Generation</c> it holds for all.
/// What is null falls back to the configuration, then to the default named here.
/// </summary>
public sealed record GenerationOptions
{
    /// <summary>The model's id, such as an entry of the catalogue or any id that the configured server knows.</summary>
    /// <value>Default: the model configured for the client's role (<c>DiscordIntel:Models</c>).</value>
    public string? Model { get; set; }

    /// <summary>The most output tokens the answer may take, hidden reasoning included; it is always sent.</summary>
    /// <value>1 to the model's own maximum. Default: 4000 (<c>OPENAI_MAX_TOKENS</c>).</value>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Randomness. Not sent, and told in <see cref="Results.StepReceipt.Adjustments"/>, where the model allows no choice.</summary>
    /// <value>0 to 2. Default: 0.7 (<c>OPENAI_TEMPERATURE</c>).</value>
    public float? Temperature { get; set; }

    /// <summary>How much the model reasons before it answers, in the provider's words: <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, <c>max</c>. No model takes all of them.</summary>
    /// <value>Default: the least that the model offers.</value>
    public string? ReasoningEffort { get; set; }

    /// <summary>The most time the whole call may take, retries and waiting included. The time that the reader of a stream takes over its pieces does not count.</summary>
    /// <value>More than 0, up to 12 hours. Default: 2 minutes.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// Whether the call may wait for a free place when a rate limit of the SDK is reached, in a bounded queue and until its deadline. Otherwise it is refused at once,
    /// as somebody who waits in Discord would want. The parts of a long analysis always may.
    /// </summary>
    /// <value>Default: false.</value>
    public bool? Background { get; set; }

    /// <summary>What holds when neither a call nor the configuration says anything.</summary>
    internal static GenerationOptions Defaults => new() { MaxOutputTokens = 4000, Temperature = 0.7f, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>These options, with <paramref name="defaults"/> where they say nothing.</summary>
    internal GenerationOptions Over(GenerationOptions defaults) => new()
    {
        Model = Model ?? defaults.Model,
        MaxOutputTokens = MaxOutputTokens ?? defaults.MaxOutputTokens,
        Temperature = Temperature ?? defaults.Temperature,
        ReasoningEffort = ReasoningEffort ?? defaults.ReasoningEffort,
        Timeout = Timeout ?? defaults.Timeout,
        Background = Background ?? defaults.Background,
    };

    /// <summary>What is out of range, one sentence each: the path, the value, the fix.</summary>
    internal IEnumerable<string> Faults(string path)
    {
        if (Model is { } model && string.IsNullOrWhiteSpace(model))
        {
            yield return $"{path}:Model is empty. Name a model or remove the setting.";
        }

        if (MaxOutputTokens is <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}:MaxOutputTokens is {MaxOutputTokens}. Set a whole number from 1 up.");
        }

        if (Temperature is { } temperature && !(temperature is >= 0 and <= 2))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}:Temperature is {temperature}. Set a number from 0 to 2.");
        }

        if (ReasoningEffort is { } effort && string.IsNullOrWhiteSpace(effort))
        {
            yield return $"{path}:ReasoningEffort is empty. Set none, minimal, low, medium, high, xhigh or max, or remove the setting.";
        }

        // The upper end is for "90", which .NET reads as ninety days.
        if (Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(12)))
        {
            yield return $"{path}:Timeout is {timeout}. Set a duration above zero and up to 12:00:00, such as 00:02:00.";
        }
    }
}
