namespace DiscordIntel.Testing.Streaming;

/// <summary>The parts that a streamed completion consists of.</summary>
internal enum StreamPieceKind
{
    /// <summary>Who speaks, before anything is said.</summary>
    Role,

    /// <summary>Text of the answer.</summary>
    Content,

    /// <summary>Words of a refusal.</summary>
    Refusal,

    /// <summary>A function call begins: its id and name.</summary>
    CallName,

    /// <summary>A piece of a call's arguments.</summary>
    CallArguments,

    /// <summary>The finish reason.</summary>
    Finish,

    /// <summary>A chunk without a choice.</summary>
    Empty,

    /// <summary>The usage, without a choice.</summary>
    Usage,
}
