namespace DiscordIntel.Samples.Terminal;

/// <summary>What the process says to a script.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The step failed; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file or a setting is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Cancelled = 130;
}
