namespace DiscordIntel.Discord.Markup;

/// <summary>What a piece of text is to Discord.</summary>
internal enum LexemeKind
{
    /// <summary>Not to be said before more text came.</summary>
    Undecided,

    /// <summary>One character (a surrogate pair is one).</summary>
    Char,

    /// <summary>One or two backticks that are not the marks of <see cref="Code"/>.</summary>
    Backticks,

    /// <summary>Three backticks, when they open a block with the name of its language.</summary>
    Fence,

    /// <summary>One or two bars; two are the mark of a spoiler.</summary>
    Bars,

    /// <summary>Inline code on one line, its backticks included.</summary>
    Code,

    /// <summary>A link that Discord would make live.</summary>
    Link,

    /// <summary>Anything else that must not be cut: a mention, custom emoji, timestamp, or a link that is not live.</summary>
    Token,
}
