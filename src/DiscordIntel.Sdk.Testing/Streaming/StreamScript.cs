namespace DiscordIntel.Testing.Streaming;

/// <summary>How a completion streams; as OpenAI does it unless told otherwise.</summary>
internal sealed record StreamScript
{
    public static readonly StreamScript Default = new();

    /// <summary>Waited before every chunk.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Characters of text in a chunk; null for a word in each.</summary>
    public int? ChunkLength { get; init; }

    /// <summary>The most bytes that arrive at once; null for an event at a time.</summary>
    public int? ReadLength { get; init; }

    /// <summary>Where and how it goes wrong; null when it does not.</summary>
    public StreamBreak? Break { get; init; }

    /// <summary>A comment before every chunk.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether usage is sent; null when the request decides.</summary>
    public bool? Usage { get; init; }

    public bool HasDone { get; init; } = true;

    public bool HasLastBlankLine { get; init; } = true;

    public string LineEnd { get; init; } = "\n";
}
