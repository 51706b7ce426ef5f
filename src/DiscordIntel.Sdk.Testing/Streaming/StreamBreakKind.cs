namespace DiscordIntel.Testing.Streaming;

/// <summary>How a stream goes wrong.</summary>
internal enum StreamBreakKind
{
    /// <summary>The body ends as if it were complete.</summary>
    Cut,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>Nothing more comes.</summary>
    Stall,

    /// <summary>An error as OpenAI sends it in a stream.</summary>
    Error,

    /// <summary>An error as OpenRouter sends it in a stream: inside a chunk.</summary>
    RouterError,

    /// <summary>An event whose JSON is cut off in the middle.</summary>
    Malformed,
}
