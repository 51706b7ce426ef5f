using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>What the model is shown of a tool: the strict form of its schema where there is one.</summary>
internal sealed class ToolDeclaration(AIFunction function, JsonElement schema, bool isStrict) : AIFunctionDeclaration
{
    private static readonly AdditionalPropertiesDictionary Strict = new() { ["strict"] = true };

    public override string Name => function.Name;

    public override string Description => function.Description;

    public override JsonElement JsonSchema => schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => isStrict ? Strict : base.AdditionalProperties;
}
