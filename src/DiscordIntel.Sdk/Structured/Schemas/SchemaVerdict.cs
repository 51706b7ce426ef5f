namespace DiscordIntel.Structured.Schemas;

/// <summary>What the local check says of one answer.</summary>
internal sealed record SchemaVerdict
{
    private SchemaVerdict(IReadOnlyList<SchemaIssue> issues, ReadOnlyMemory<byte> json)
    {
        Issues = issues.Count == 0 ? [] : [.. issues.Select(issue => issue.Text)];
        Rules = issues.Count == 0 ? [] : [.. issues.Select(issue => issue.Rule).Distinct(StringComparer.Ordinal)];
        Json = json;
    }

    public bool IsValid => Issues.Count == 0;

    /// <summary>One sentence an issue, with its path: at most 20, empty when the answer is valid.</summary>
    public IReadOnlyList<string> Issues { get; }

    /// <summary>The rules that the issues break, each once: safe for a log, since nothing of the answer is in them.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>
    /// The accepted answer without the nulls that stand for absent members, and with integers spelt as such (<c>1</c> for <c>1.0</c>): the caller's buffer
    /// when nothing had to be changed, empty when not valid.
    /// </summary>
    public ReadOnlyMemory<byte> Json { get; }

    public static SchemaVerdict Valid(ReadOnlyMemory<byte> json) => new([], json);

    public static SchemaVerdict Invalid(IReadOnlyList<SchemaIssue> issues) => new(issues, default);
}
