using DiscordIntel.Discord.Markup;

namespace DiscordIntel.Discord;

/// <summary>Text functions for Discord, the same ones that <see cref="DiscordReplyStreamer"/> uses. Pure, safe for concurrent use.</summary>
public static class DiscordText
{
    /// <summary>
    /// Removes what Discord cannot show or what has no one meaning: CR and the other control characters but line feed and tab; a run of more than three
    /// backticks becomes three, of more than two bars two; half a surrogate pair becomes U+FFFD. Normalising twice changes nothing.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normalizer = new TextNormalizer();
        var target = new CharBuffer();
        normalizer.Append(text, target);
        normalizer.Complete(target);
        return target.ToString();
    }

    /// <summary>
    /// Cuts the normalised text into messages, at paragraphs, lines, sentences or words where it can. A code block or spoiler that is open at a cut is closed in
    /// the one message and opened again in the next; mentions, custom emoji, timestamps, links and inline code are not cut unless they alone are too long.
    /// Put together without those marks, the messages are the text.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxChars">The most characters (UTF-16 units) of a message, marks included: 64 to 4000.</param>
    /// <returns>The contents in order, without blank ones; empty for a blank text.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxChars"/> is out of range.</exception>
    public static IReadOnlyList<string> Split(string text, int maxChars = 2000)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, ReplyLimits.FewestChars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxChars, ReplyLimits.MostChars);
        var whole = new MessageText(links: null, maxChars);
        whole.Append(text);
        whole.Complete();
        MessageSplitter messages = whole.Messages;
        return [.. messages.Sealed.Append(messages.Tail).Where(part => !messages.IsBlank(part)).Select(part => messages.Render(part))];
    }

    /// <summary>Makes Discord show a text as it is, character for character, with a backslash before everything that could be a mark.</summary>
    public static string EscapeMarkdown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MarkdownEscape.Apply(text);
    }

    /// <summary>
    /// Normalises, then shows links that <paramref name="policy"/> does not allow as inline code, and every masked link with its real target. Text without links,
    /// and links within code, stay as they are. Where inline code cannot be relied on (a mark that began before may end in it), the link is written <c>hxxps://</c>. A code
    /// block that is open at the end counts as code: <see cref="Split"/> closes it.
    /// </summary>
    public static string ApplyLinkPolicy(string text, LinkPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(policy);
        var whole = new MessageText(policy, ReplyLimits.MostChars, maxMessages: 1);
        whole.Append(text);
        whole.Complete();
        return whole.Messages.Text.ToString();
    }
}
