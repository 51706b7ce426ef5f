namespace DiscordIntel.Structured;

/// <summary>What is said to a model about the form of its answer.</summary>
internal static class StructuredPrompts
{
    public static string AskAgain(IReadOnlyList<string> issues) =>
        $"Your answer does not fit the required JSON schema:\n- {string.Join("\n- ", issues)}\nAnswer again with the corrected JSON and nothing else.";
}
