namespace DiscordIntel.Analysis.Transcripts;

/// <summary>The beginning of a line that looks like the name of who speaks. Whether it is one, <see cref="LabelChoice"/> decides from all of them.</summary>
/// <param name="Form">How it names the speaker.</param>
/// <param name="Name">The name alone.</param>
/// <param name="Start">The line's beginning.</param>
/// <param name="End">After its last sign; white space is not part of it.</param>
internal readonly record struct Label(LabelForm Form, string Name, int Start, int End)
{
    /// <summary>Whether it ends in a full stop that is not part of the name.</summary>
    public bool IsDotted { get; init; }

    /// <summary>Whether nothing else stands on its line.</summary>
    public bool FillsLine { get; init; }

    /// <summary>Whether it has a time but could as well be a line of minutes or an agenda: only others like it can tell.</summary>
    public bool IsLoose { get; init; }

    /// <summary>Whether it stands alone where its words should follow and none do.</summary>
    public bool LacksText { get; init; }

    /// <summary>Whether it is a name in small letters, alone on its line, with no blank line before it: only others like it can tell that it is none of the text.</summary>
    public bool IsTight { get; init; }

    /// <summary>Whether an <c>@</c> stands before the name: as a rule that addresses somebody.</summary>
    public bool IsMention { get; init; }

    /// <summary>Whether it names whom the speaker answers.</summary>
    public bool IsReply { get; init; }

    /// <summary>Whether white space stands before it.</summary>
    public bool IsIndented { get; init; }

    /// <summary>Whether nothing but blank lines stands before it.</summary>
    public bool OpensContent { get; init; }

    /// <summary>Whether it opens the content or a blank line stands before it.</summary>
    public bool FollowsBlank { get; init; }

    /// <summary>Whether the line before is finished, so that this one is not the rest of a wrapped sentence.</summary>
    public bool FollowsFinishedLine { get; init; }
}
