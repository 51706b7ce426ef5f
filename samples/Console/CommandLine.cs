namespace DiscordIntel.Samples.Terminal;

/// <summary>What the commands' arguments have in common.</summary>
internal static class CommandLine
{
    /// <summary>The value behind the option at <paramref name="i"/>, which moves on to it.</summary>
    public static string Value(IReadOnlyList<string> args, ref int i, string command) =>
        ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value. See {command} --help.");
}
