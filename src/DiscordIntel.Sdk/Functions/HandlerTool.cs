using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>A tool of a name, a schema and a handler.</summary>
internal sealed class HandlerTool(
    string name, string description, JsonElement schema, Func<JsonElement, IntelScope, CancellationToken, ValueTask<string>> handler) : AIFunction
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var checkedArguments = (JsonElement)arguments.Context![typeof(JsonElement)]!;
        var scope = (IntelScope)arguments.Context[typeof(IntelScope)]!;
        return await handler(checkedArguments, scope, cancellationToken).ConfigureAwait(false);
    }
}
