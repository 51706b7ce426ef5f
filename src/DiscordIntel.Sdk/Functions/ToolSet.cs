using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>The tools of one run by name, or what is wrong with them.</summary>
internal sealed record ToolSet(IReadOnlyDictionary<string, Tool> ByName, StepError? Fault)
{
    /// <param name="request">What the host allows in this call.</param>
    /// <param name="tools">What the scope may use.</param>
    /// <param name="tenantAllows">What its tenant may use; null for all.</param>
    public static ToolSet Of(FunctionRequest request, IReadOnlyList<Tool> tools, IReadOnlyCollection<string>? tenantAllows)
    {
        var byName = new Dictionary<string, Tool>(StringComparer.Ordinal);
        string? fault = null;
        foreach (Tool tool in tools.Where(tool => Allows(request.AllowedTools, tool) && Allows(tenantAllows, tool) && !IsWithheld(request, tool)))
        {
            fault ??= tool.Fault;
            if (!byName.TryAdd(tool.Name, tool))
            {
                fault ??= $"Two tools have the name '{tool.Name}'. Give each its own.";
            }
        }

        fault ??= request.Messages.All(message => string.IsNullOrWhiteSpace(message.Text)) ? "The request holds no text." : null;
        fault ??= request.ToolMode switch
        {
            RequiredChatToolMode { RequiredFunctionName: { } name } when !byName.ContainsKey(name) => $"The tool '{name}' must be called by ToolMode, and is not among those of this call.",
            RequiredChatToolMode when byName.Count == 0 => "A tool must be called by ToolMode, and this call has none.",
            _ => null,
        };
        return new ToolSet(byName, fault is null ? null : new StepError { Kind = StepErrorKind.InvalidRequest, Message = fault });
    }

    private static bool IsWithheld(FunctionRequest request, Tool tool) =>
        request.WithheldTools.Contains(tool.Name) || (request.IsUnattended && tool.RequiresApproval);

    private static bool Allows(IReadOnlyCollection<string>? names, Tool tool) => names is null || names.Contains(tool.Name, StringComparer.Ordinal);
}
