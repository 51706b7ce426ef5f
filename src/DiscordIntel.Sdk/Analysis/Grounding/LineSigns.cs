namespace DiscordIntel.Analysis.Grounding;

/// <summary>Signs that are lines: turns of a conversation with a model, a heading that says that the content ends. They are read without patterns.</summary>
internal static class LineSigns
{
    private static readonly HeadWords Person = new("human", "user");
    private static readonly HeadWords Human = new("human");
    private static readonly HeadWords Model = new("ai");

    private static readonly HeadWords Ends = new(
        [.. new[] { "transcript", "content", "input", "document", "user message", "user input", "prompt", "context", "data", "text", "debate" }
            .SelectMany(what => new[] { $"end of {what}", $"end of the {what}" })]);

    /// <summary>Turns of both sides, or one of a person that stands apart as in a prompt: "Human:" after a blank line. One "AI:" may be a heading.</summary>
    public static int ModelTurns(string text)
    {
        int person = Person.FirstRole(text);
        if (person < 0)
        {
            return -1;
        }

        int model = Model.FirstRole(text);
        if (model >= 0)
        {
            return Math.Min(person, model);
        }

        int human = Human.FirstRole(text);
        return human >= 0 && StandsApart(text.AsSpan(0, human)) ? human : -1;
    }

    /// <summary>A heading that ends the content while more follows.</summary>
    public static int End(string text)
    {
        foreach (int at in Ends.Places(text, afterLabel: true))
        {
            int end = Ends.End(text, at);
            ReadOnlySpan<char> rest = text.AsSpan(end).TrimStart("=-*_#~])>」】 \t:.!");
            bool isHeading = rest.IsEmpty || rest[0] is '\r' or '\n' || (end < text.Length && text[end] is '.' or ']' or ':' or '!' or ')');
            if (isHeading && rest.Trim(" \t\r\n=-*_#~").Length > 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static bool StandsApart(ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> above = before.TrimEnd(" \t>*_#");
        return above.IsEmpty || above.TrimEnd(" \t\r\n").IsEmpty || above.EndsWith("\n\n", StringComparison.Ordinal) || above.EndsWith("\n\r\n", StringComparison.Ordinal);
    }
}
