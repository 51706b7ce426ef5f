namespace DiscordIntel.Functions;

/// <summary>How tools are called. A run that reaches one of the caps ends with <see cref="Results.StepErrorKind.ToolLimitReached"/>.</summary>
public sealed class FunctionOptions
{
    /// <summary>Turns of the model in which tools run; in the turn after the last one it must answer.</summary>
    /// <value>1 to 100. Default: 8.</value>
    public int MaxRounds { get; set; } = 8;

    /// <summary>Calls that the model may ask for in one turn. Of a turn with more none runs.</summary>
    /// <value>1 to 128. Default: 16.</value>
    public int MaxCallsPerRound { get; set; } = 16;

    /// <summary>Calls of one run that run at the same time.</summary>
    /// <value>1 to 128. Default: 4.</value>
    public int MaxParallelCalls { get; set; } = 4;

    /// <summary>Characters that all results of a run may have together. They are paid again with every further turn.</summary>
    /// <value>100 to 10,000,000. Default: 100,000.</value>
    public int MaxResultCharacters { get; set; } = 100_000;

    /// <summary>How long a tool may run that has no timeout of its own. Then its token is cancelled and it counts as failed, whatever it does later.</summary>
    /// <value>More than 0, up to 10 minutes. Default: 10 seconds.</value>
    public TimeSpan ToolTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an approval is waited for. Silence is a no. The whole run is bounded by <see cref="GenerationOptions.Timeout"/> besides.</summary>
    /// <value>More than 0, up to 15 minutes. Default: 1 minute.</value>
    public TimeSpan ApprovalTimeout { get; set; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<string> Faults(string path)
    {
        (string Name, int Value, int Least, int Most)[] numbers =
        [
            (nameof(MaxRounds), MaxRounds, 1, 100),
            (nameof(MaxCallsPerRound), MaxCallsPerRound, 1, 128),
            (nameof(MaxParallelCalls), MaxParallelCalls, 1, 128),
            (nameof(MaxResultCharacters), MaxResultCharacters, 100, 10_000_000),
        ];
        foreach ((string name, int value, int least, int most) in numbers)
        {
            if (value < least || value > most)
            {
                yield return $"{path}:{name} is {value}. Set a whole number from {least} to {most}.";
            }
        }

        if (ToolTimeout <= TimeSpan.Zero || ToolTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:ToolTimeout is {ToolTimeout}. Set a duration above zero and up to 00:10:00.";
        }

        if (ApprovalTimeout <= TimeSpan.Zero || ApprovalTimeout > TimeSpan.FromMinutes(15))
        {
            yield return $"{path}:ApprovalTimeout is {ApprovalTimeout}. Set a duration above zero and up to 00:15:00.";
        }
    }
}
