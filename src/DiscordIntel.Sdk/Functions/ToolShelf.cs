using System.Runtime.CompilerServices;
using DiscordIntel.Structured;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>The registered tools, and those of calls for as long as the host keeps them.</summary>
internal sealed class ToolShelf(IEnumerable<ToolRegistration> registrations, IServiceProvider services, IJsonSchemaValidator? validator)
{
    private readonly ConditionalWeakTable<AIFunction, Tool> _ofCalls = [];
    private readonly Lazy<IReadOnlyList<Tool>> _registered =
        new(() => [.. registrations.Select(registration => new Tool(registration.Create(services), registration.Options, validator))]);

    /// <summary>The tools of a call, for this scope.</summary>
    public IReadOnlyList<Tool> For(IReadOnlyList<AIFunction>? ofCall, IntelScope scope) => ofCall is null
        ? [.. _registered.Value.Where(tool => tool.Options.AllowedFor?.Invoke(scope) ?? true)]
        : [.. ofCall.Select(function => _ofCalls.GetValue(function, made => new Tool(made, made.GetService<ToolOptions>() ?? new ToolOptions(), validator)))];
}
