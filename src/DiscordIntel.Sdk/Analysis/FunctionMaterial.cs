using System.Text;
using DiscordIntel.Functions;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis;

/// <summary>What functions gave for an analysis.</summary>
/// <param name="Text">Their results, one after the other; null when there are none.</param>
/// <param name="Warnings">What the host should know.</param>
internal sealed record FunctionMaterial(string? Text, IReadOnlyList<string> Warnings)
{
    // It is paid again with every part of a long text.
    private const int MostCharacters = 16_000;

    /// <summary>The run that gathers it. The analyses themselves are not offered: this is one.</summary>
    public static FunctionRequest Request(AnalysisRequest request) => new()
    {
        Messages = AnalysisPrompts.Gather(request.Kind, request.Content).Messages,
        AllowedTools = request.AllowedTools,
        WithheldTools = AnalysisTools.Names,
        IsUnattended = true,
        Generation = request.Generation,
    };

    public static FunctionMaterial Of(StepResult<string> gathered)
    {
        var text = new StringBuilder();
        var warnings = new List<string>();
        foreach (ToolStep step in gathered.Receipt.ToolSteps.Where(step => step.Outcome is ToolOutcome.Succeeded))
        {
            text.Append($"{step.Tool} {step.Arguments?.GetRawText()}\n{step.Result}\n\n");
        }

        if (gathered.Error is { } error)
        {
            warnings.Add($"The functions were not called to the end ({error.Kind}): the analysis rests on what they gave before.");
        }

        if (text.Length > MostCharacters)
        {
            text.Length = MostCharacters - (char.IsHighSurrogate(text[MostCharacters - 1]) ? 1 : 0);
            warnings.Add($"The functions gave more than {MostCharacters} characters: the rest was left out of the analysis.");
        }

        return new FunctionMaterial(text.Length == 0 ? null : text.ToString().TrimEnd(), warnings);
    }
}
