using DiscordIntel.Discord;
using DiscordIntel.Discord.Markup;
using DiscordIntel.Tests.Discord.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Discord.Markup;

/// <summary>A document on its way through the cutter, in two sets of pieces.</summary>
internal sealed record TextCase(string Document, int[] Chunks, int[] OtherChunks, int MaxChars)
{
    public static Gen<TextCase> Any { get; } =
        from document in Documents.Any
        from chunks in Documents.Chunks
        from others in Documents.Chunks
        from limit in Documents.Limit
        select new TextCase(document, chunks, others, limit);

    public string Text => DiscordText.ApplyLinkPolicy(DiscordText.Normalize(Document), ReplyCase.Links);

    public static IReadOnlyList<MessagePart> Parts(MessageSplitter messages) => [.. messages.Sealed, messages.Tail];

    /// <summary>The contents that are shown.</summary>
    public static IReadOnlyList<string> Contents(MessageSplitter messages) =>
        [.. Parts(messages).Where(part => !messages.IsBlank(part)).Select(part => messages.Render(part))];

    public MessageSplitter Cut(int[] chunks, Action<MessageText>? watch = null, LinkPolicy? links = null)
    {
        var text = new MessageText(links ?? ReplyCase.Links, MaxChars);
        foreach (string piece in Documents.Cut(Document, chunks))
        {
            text.Append(piece);
            watch?.Invoke(text);
        }

        text.Complete();
        return text.Messages;
    }

    public override string ToString() => $"{MaxChars}: {Document.ReplaceLineEndings("⏎")}\n{string.Join("\n---\n", Contents(Cut(Chunks)))}";
}
