namespace DiscordIntel.Discord;

/// <summary>The name of a written message, in the sink's own words: a Discord id, or <c>@original</c>.</summary>
public readonly record struct ReplyMessageId
{
    /// <summary>Names a message.</summary>
    /// <param name="value">Any text that the sink knows the message by.</param>
    public ReplyMessageId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The sink's word for the message; empty in a <c>default</c> id.</summary>
    public string Value { get => field ?? ""; }

    /// <summary>The <see cref="Value"/>.</summary>
    public override string ToString() => Value;
}
