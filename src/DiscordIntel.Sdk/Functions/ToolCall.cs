using System.Text.Json;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>A call that the model asked for, judged before anything runs.</summary>
/// <param name="content">As the model sent it.</param>
/// <param name="tool">The tool that it may call; null when there is none of that name for this run.</param>
internal sealed class ToolCall(FunctionCallContent content, Tool? tool)
{
    private const int LongestName = 64;

    public FunctionCallContent Content { get; } = content;

    public Tool? Tool { get; } = tool;

    /// <summary>The arguments, when they are lawful.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>Why it does not run; null when it does.</summary>
    public ToolOutcome? Refusal { get; init; }

    /// <summary>What is wrong with the arguments.</summary>
    public string? Issues { get; init; }

    /// <summary>The equal call of before; then this one does not run.</summary>
    public ToolCall? Earlier { get; set; }

    /// <summary>What the model was told.</summary>
    public string? Result { get; set; }

    public string Name => Content.Name.Length <= LongestName ? Content.Name : $"{Content.Name.AsSpan(0, LongestName)}...";

    /// <summary>Whether it asks for the same again.</summary>
    public bool Repeats(ToolCall other) =>
        string.Equals(Content.Name, other.Content.Name, StringComparison.Ordinal)
        && (Arguments is { } mine
            ? other.Arguments is { } theirs && JsonElement.DeepEquals(mine, theirs)
            : other.Arguments is null && string.Equals(Content.RawRepresentation as string, other.Content.RawRepresentation as string, StringComparison.Ordinal));

    public static ToolCall Of(FunctionCallContent content, IReadOnlyDictionary<string, Tool> tools)
    {
        if (!tools.TryGetValue(content.Name, out Tool? tool))
        {
            return new ToolCall(content, null) { Refusal = ToolOutcome.Unknown };
        }

        return tool.TryCheck(content, out JsonElement arguments, out string? issues)
            ? new ToolCall(content, tool) { Arguments = arguments }
            : new ToolCall(content, tool) { Refusal = ToolOutcome.InvalidArguments, Issues = issues };
    }
}
