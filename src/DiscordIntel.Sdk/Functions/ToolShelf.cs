using System.Runtime.CompilerServices;
using DiscordIntel.Pipeline;
using DiscordIntel.Structured;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>The registered tools, and those of calls for as long as the host keeps them.</summary>
internal sealed class ToolShelf(IEnumerable<ToolRegistration> registrations, IServiceProvider services, IJsonSchemaValidator? validator, TimeProvider time)
{
    private readonly ConditionalWeakTable<AIFunction, Tool> _ofCalls = [];
    private readonly Lazy<IReadOnlyList<Tool>> _registered =
        new(() => [.. registrations.Select(registration => new Tool(registration.Create(services), registration.Options, validator))]);

    /// <summary>The tools of a call, for this scope.</summary>
    /// <param name="ofCall">The call's own; null for the registered ones.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="warn">Told of a rule that failed: who cannot be asked allows nothing.</param>
    public async ValueTask<IReadOnlyList<Tool>> ForAsync(IReadOnlyList<AIFunction>? ofCall, IntelScope scope, Action<string> warn)
    {
        if (ofCall is not null)
        {
            return [.. ofCall.Select(function => _ofCalls.GetValue(function, made => new Tool(made, made.GetService<ToolOptions>() ?? new ToolOptions(), validator)))];
        }

        var allowed = new List<Tool>();
        foreach (Tool tool in _registered.Value)
        {
            (bool isAllowed, Exception? fault) = tool.Options.AllowedFor is not { } rule ? (true, null) : await HostCode.TryAsync(
                static (state, _) => ValueTask.FromResult(state.rule(state.scope)), (rule, scope), HostCode.Patience, time, CancellationToken.None).ConfigureAwait(false);
            if (fault is not null)
            {
                warn($"AllowedFor of the tool '{tool.Name}' failed ({fault.GetType().Name}): it is not offered.");
            }
            else if (isAllowed)
            {
                allowed.Add(tool);
            }
        }

        return allowed;
    }
}
