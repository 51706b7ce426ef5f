using DiscordIntel.Analysis;
using DiscordIntel.Structured;
using DiscordIntel.Text;

namespace DiscordIntel;

/// <summary>All clients in one place, for code that uses several. Each can be injected by itself as well.</summary>
public class DiscordIntelClient
{
    internal DiscordIntelClient(TextClient text, StructuredOutputClient structured, AnalysisClient analysis) =>
        (Text, Structured, Analysis) = (text, structured, analysis);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected DiscordIntelClient() => (Text, Structured, Analysis) = (null!, null!, null!);

    /// <summary>Prose from a prompt or from messages.</summary>
    public virtual TextClient Text { get; }

    /// <summary>Answers that fit a C# type or a JSON schema.</summary>
    public virtual StructuredOutputClient Structured { get; }

    /// <summary>Debates, claims and moods, read as typed results.</summary>
    public virtual AnalysisClient Analysis { get; }
}
