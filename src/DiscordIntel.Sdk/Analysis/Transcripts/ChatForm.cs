namespace DiscordIntel.Analysis.Transcripts;

/// <summary>What the chosen labels tell of where a text is from.</summary>
/// <param name="IsTimed">Its labels have a time, so that other lines with a time tell what happens.</param>
/// <param name="IsIrc">Its nicks stand in angle brackets.</param>
/// <param name="IsExport">Its labels have a time and stand on lines of their own.</param>
internal readonly record struct ChatForm(bool IsTimed, bool IsIrc, bool IsExport)
{
    public static ChatForm Of(string content, List<Label> labels) => labels is not [var first, ..] ? default : new ChatForm(
        first.Form is LabelForm.Stamped,
        labels.Exists(label => label.Form is LabelForm.Angle || (label.Form is LabelForm.Stamped && content[label.End - 1] == '>')),
        labels.Exists(label => label is { Form: LabelForm.Stamped, FillsLine: true }));
}
