using System.Runtime.InteropServices;

namespace DiscordIntel.Discord.Markup;

/// <summary>What the text before says about the text that follows.</summary>
/// <param name="InFence">Within a code block.</param>
/// <param name="HasUnpaired">
/// A single backtick without its partner came before: Discord may pair it with any later one, so no pair can be relied on until the next code block.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LexerContext(bool InFence, bool HasUnpaired)
{
    public LexerContext After(LexemeKind kind, int length) => kind switch
    {
        LexemeKind.Fence => new(!InFence, false),
        LexemeKind.Backticks when length == 1 && !InFence => new(false, true),
        _ => this,
    };
}
