using DiscordIntel.Analysis;
using DiscordIntel.Functions;
using DiscordIntel.Structured;
using DiscordIntel.Text;
using DiscordIntel.Usage;

namespace DiscordIntel;

/// <summary>All clients in one place, for code that uses several. Each can be injected by itself as well.</summary>
public class DiscordIntelClient
{
    private readonly TextClient _text;
    private readonly StructuredOutputClient _structured;
    private readonly AnalysisClient _analysis;
    private readonly FunctionCallingClient _functions;
    private readonly UsageClient _usage;

    internal DiscordIntelClient(
        TextClient text, StructuredOutputClient structured, AnalysisClient analysis, FunctionCallingClient functions, UsageClient usage) =>
        (_text, _structured, _analysis, _functions, _usage) = (text, structured, analysis, functions, usage);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected DiscordIntelClient() => (_text, _structured, _analysis, _functions, _usage) = (null!, null!, null!, null!, null!);

    /// <summary>Prose from a prompt or from messages.</summary>
    public virtual TextClient Text => _text;

    /// <summary>Answers that fit a C# type or a JSON schema.</summary>
    public virtual StructuredOutputClient Structured => _structured;

    /// <summary>Debates, claims and moods, read as typed results.</summary>
    public virtual AnalysisClient Analysis => _analysis;

    /// <summary>Answers with the help of the bot's own functions.</summary>
    public virtual FunctionCallingClient Functions => _functions;

    /// <summary>What was used and spent; forgets a tenant.</summary>
    public virtual UsageClient Usage => _usage;
}
