namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line, or what it names, is wrong: the message says what and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
