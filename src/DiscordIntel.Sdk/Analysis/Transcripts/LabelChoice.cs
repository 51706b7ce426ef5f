namespace DiscordIntel.Analysis.Transcripts;

/// <summary>
/// Decides which labels name speakers. One line alone cannot tell <c>Mara: yes</c> from <c>Result: yes</c>; that names come again, and stand where names stand, can.
/// A content uses one form of label: whoever writes a line in another form into their message makes no speaker.
/// </summary>
internal static class LabelChoice
{
    // In UTF-16 units.
    private const int LineBreak = 2;

    /// <summary>The labels that name speakers, in order.</summary>
    /// <param name="all">All that look like labels.</param>
    /// <param name="lines">How many lines of the content are not blank.</param>
    /// <param name="roster">Which names are the same.</param>
    public static List<Label> Choose(List<Label> all, int lines, Roster roster)
    {
        List<Label> labels = all.FindAll(label => !label.IsTight);
        List<Label> chosen = labels.Count == 0 ? [] : ChooseFirm(labels, lines, roster);
        return chosen.Count == 0 ? TightLine(all.FindAll(label => label is { Form: LabelForm.OwnLine, IsDotted: false, IsIndented: false }), roster) : chosen;
    }

    private static List<Label> ChooseFirm(List<Label> labels, int lines, Roster roster)
    {
        // What is indented may be code or data within a message. It is looked at where the margin alone makes no conversation.
        List<Label> margin = labels.FindAll(label => !label.IsIndented);
        List<Label> chosen = ChooseForm(margin, lines, roster);
        if (margin.Count == labels.Count || margin.Count == 1 || Count(chosen, roster).Count > 1)
        {
            return chosen;
        }

        bool opens = labels[0].OpensContent && margin.Count == 0;
        List<Label> all = ChooseForm(labels.FindAll(label => !label.IsIndented || opens || SpeakerName.IsCapitalised(label.Name)), lines, roster);
        return Count(all, roster).Count > 1 ? all : chosen;
    }

    private static List<Label> ChooseForm(List<Label> labels, int lines, Roster roster)
    {
        List<Label> Of(LabelForm form) => labels.FindAll(label => label.Form == form);
        List<Label>[] forms =
            [Stamped(Of(LabelForm.Stamped), roster), Angle(Of(LabelForm.Angle), roster), Colon(Of(LabelForm.Colon), lines, roster), OwnLine(Of(LabelForm.OwnLine), roster)];
        return forms.FirstOrDefault(form => form is [{ OpensContent: true }, ..]) ?? forms.MaxBy(form => form.Count)!;
    }

    private static List<Label> Stamped(List<Label> labels, Roster roster)
    {
        HashSet<string> heads = [.. labels.Where(label => !label.LacksText).Select(label => roster.Key(label.Name))];
        labels = labels.FindAll(label => heads.Contains(roster.Key(label.Name)));
        if (labels is not [{ OpensContent: true, FillsLine: false }, ..] && !Count(labels.Where(label => label.IsLoose), roster).Values.Any(count => count > 1))
        {
            labels = labels.FindAll(label => !label.IsLoose);
        }

        return labels is [_, _, ..] or [{ OpensContent: true }] ? labels : [];
    }

    private static List<Label> Angle(List<Label> labels, Roster roster) =>
        labels is [{ OpensContent: true }, _, ..] || Count(labels, roster).Values.Any(count => count > 1) ? labels : [];

    private static List<Label> Colon(List<Label> labels, int lines, Roster roster)
    {
        // "@Ann: hi" addresses Ann, but not in a thread whose replies name their speakers in that way.
        if (!labels.Exists(label => label is { IsMention: true, IsReply: true }))
        {
            labels = labels.FindAll(label => !label.IsMention);
        }

        // The rest of a wrapped sentence may look like a label, even twice; but not where sentences begin, nor in a text that opens with a label.
        bool opens = labels is [{ OpensContent: true }, ..];
        Dictionary<string, int> counts = Count(labels, roster);
        HashSet<string> sure = [.. labels.Where(label => label.FollowsFinishedLine || opens).Select(label => roster.Key(label.Name))];
        bool IsRepeated(Label label) => counts[roster.Key(label.Name)] > 1 && sure.Contains(roster.Key(label.Name));
        List<Label> repeated = labels.FindAll(IsRepeated);
        if (repeated.Count == 0)
        {
            List<Label> once = labels.FindAll(label => label is { FollowsFinishedLine: true, FillsLine: false } && !SpeakerName.IsNumbered(label.Name));
            return once is [{ OpensContent: true }, _, ..] ? once : [];
        }

        // Where nearly every line has a label from the top on, a message is a line, and whoever speaks once may write their name as they like.
        bool isLineByLine = opens && labels.Count * 10L >= lines * 9L;
        bool afterBlanks = StandAfterBlanks(repeated);
        bool caps = repeated.TrueForAll(label => SpeakerName.IsAllCaps(label.Name));
        bool capitals = repeated.TrueForAll(label => SpeakerName.IsCapitalised(label.Name));
        bool numbers = repeated.Exists(label => SpeakerName.IsNumbered(label.Name));
        bool fillsLine = repeated.Exists(label => label.FillsLine);
        bool IsLikeThem(Label label) =>
            label.FollowsFinishedLine
            && (!label.FillsLine || (fillsLine && label.FollowsBlank))
            && (isLineByLine || !caps || SpeakerName.IsAllCaps(label.Name))
            && (isLineByLine || !capitals || SpeakerName.IsCapitalised(label.Name))
            && (numbers || !SpeakerName.IsNumbered(label.Name));
        List<Label> chosen = labels.FindAll(label => (label.FollowsBlank || !afterBlanks) && (IsRepeated(label) || IsLikeThem(label)));

        // One name alone, somewhere in a text, is a heading that comes again.
        return opens || Count(chosen, roster).Count > 1 ? chosen : [];
    }

    private static List<Label> OwnLine(List<Label> labels, Roster roster)
    {
        Dictionary<string, int> counts = Count(labels, roster);
        List<Label> repeated = labels.FindAll(label => counts[roster.Key(label.Name)] > 1);
        bool afterBlanks = StandAfterBlanks(repeated);
        HashSet<(bool, bool)> looks = [.. repeated.Select(Look)];
        List<Label> chosen = labels.FindAll(label =>
            (label.FollowsBlank || !afterBlanks)
            && (counts[roster.Key(label.Name)] > 1 || (looks.Contains(Look(label)) && (label.FollowsBlank || SpeakerName.IsAllCaps(label.Name)))));

        // One line that comes again is a refrain or a heading.
        return Count(chosen, roster).Count > 1 ? chosen : [];
    }

    /// <summary>
    /// Names in small letters without blank lines between: where one opens the content, two or more come again, and words stand under each. Any other line that
    /// looks like a name and comes again could as well be one, so that then there is none.
    /// </summary>
    private static List<Label> TightLine(List<Label> labels, Roster roster)
    {
        if (labels is not [{ OpensContent: true }, ..])
        {
            return [];
        }

        Dictionary<string, int> counts = Count(labels, roster);
        List<Label> repeated = labels.FindAll(label => counts[roster.Key(label.Name)] > 1);
        bool haveWords = repeated.Zip(repeated.Skip(1)).All(pair => pair.Second.Start - pair.First.End > LineBreak);
        return haveWords && repeated is [{ OpensContent: true }, ..] && Count(repeated, roster).Count > 1 ? repeated : [];
    }

    private static (bool IsCaps, bool IsDotted) Look(Label label) => (SpeakerName.IsAllCaps(label.Name), label.IsDotted);

    /// <summary>Whether blank lines part the turns: then a name in the midst of a paragraph is none. One in ten may stand otherwise.</summary>
    private static bool StandAfterBlanks(List<Label> labels) => labels.Count(label => label.FollowsBlank) * 10L >= labels.Count * 9L;

    private static Dictionary<string, int> Count(IEnumerable<Label> labels, Roster roster) =>
        labels.CountBy(label => roster.Key(label.Name)).ToDictionary(StringComparer.Ordinal);
}
