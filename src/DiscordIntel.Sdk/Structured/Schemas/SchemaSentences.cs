using System.Globalization;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Tells the model in the description what the strict form cannot say in keywords.</summary>
internal static class SchemaSentences
{
    /// <summary>The formats that strict structured outputs know (OpenAI guide "Structured outputs").</summary>
    public static bool IsSendable(string format) =>
        format is "date-time" or "time" or "date" or "duration" or "email" or "hostname" or "ipv4" or "ipv6" or "uuid";

    /// <summary>The description with a sentence for each limit that is not sent, or null when there is nothing to say.</summary>
    public static string? Describe(SchemaNode node)
    {
        // Beside $ref and anyOf nothing else is sent.
        bool alone = node.Ref is not null || node.AnyOf is not null || node.OneOf is not null;
        IEnumerable<string> sentences = node.Limits is { } limits ? LimitsOf(limits, alone) : [];
        string text = string.Join(' ', sentences);
        string? description = string.IsNullOrWhiteSpace(node.Description) ? null : node.Description;
        if (text.Length == 0)
        {
            return description;
        }

        return description is null ? text : $"{End(description)} {text}";
    }

    public static string End(string description)
    {
        string trimmed = description.TrimEnd();
        return char.IsLetterOrDigit(trimmed[^1]) ? trimmed + "." : trimmed;
    }

    private static IEnumerable<string> LimitsOf(SchemaLimits limits, bool all)
    {
        string?[] sentences =
        [
            .. Span("character", limits.MinLength, limits.MaxLength),
            limits.UniqueItems ? "No two elements are equal." : null,
            limits.Pattern is { } pattern && (all || !pattern.IsRegular) ? $"Matches the pattern {pattern.Source}" : null,
            limits.Format is { } format && (all || !IsSendable(format)) ? $"Format: {format}." : null,
            .. all ? Span("element", limits.MinItems, limits.MaxItems) : [],
            Say("At least {0}.", all ? limits.Minimum : null),
            Say("At most {0}.", all ? limits.Maximum : null),
            Say("Above {0}.", all ? limits.ExclusiveMinimum : null),
            Say("Below {0}.", all ? limits.ExclusiveMaximum : null),
            Say("A multiple of {0}.", all ? limits.MultipleOf : null),
        ];
        return sentences.OfType<string>();
    }

    private static string?[] Span(string what, int? least, int? most) => least == most
        ? [Count("Exactly", least, what)]
        : [Count("At least", least, what), Count("At most", most, what)];

    private static string? Count(string words, int? count, string what) =>
        count is { } number ? string.Create(CultureInfo.InvariantCulture, $"{words} {number} {what}{(number == 1 ? "" : "s")}.") : null;

    private static string? Say<T>(string form, T? limit)
        where T : struct => limit is { } value ? string.Format(CultureInfo.InvariantCulture, form, value) : null;
}
