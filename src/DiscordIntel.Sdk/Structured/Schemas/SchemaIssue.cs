namespace DiscordIntel.Structured.Schemas;

/// <summary>One thing that is wrong with an answer.</summary>
/// <param name="Text">For the model: the place, the value and the rule.</param>
/// <param name="Rule">For the log: the place and the schema's rule, without a word or number of the answer, which may be somebody's.</param>
internal sealed record SchemaIssue(string Text, string Rule)
{
    /// <summary>An issue that says nothing of the answer's content.</summary>
    public static SchemaIssue Of(string rule) => new(rule, rule);
}
