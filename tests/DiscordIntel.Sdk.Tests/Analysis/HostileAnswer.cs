namespace DiscordIntel.Tests.Analysis;

/// <summary>An answer that no honest model gives.</summary>
/// <param name="Name">What is wrong with it, for the report of a failure.</param>
/// <param name="Text">The answer.</param>
/// <param name="Warning">What a success has to be marked with; null where it may be no success at all.</param>
internal sealed record HostileAnswer(string Name, string Text, string? Warning = null);
