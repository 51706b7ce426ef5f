using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Tests.Providers.Wire;

/// <summary>Functions to offer: one with a schema, one with a strict one, one whose schema says nothing.</summary>
internal static class ToolSamples
{
    public static readonly IList<AITool> Tools =
    [
        new Declared("get_time", "Tells the time.", """{"type":"object","properties":{"zone":{"type":"string"}}}""", isStrict: false),
        new Declared("roll", "", """{"type":"object","properties":{},"required":[],"additionalProperties":false}""", isStrict: true),
        new Declared("ping", "", "{}", isStrict: false),
    ];

    /// <param name="model">The model.</param>
    /// <param name="mode"><c>auto</c>, <c>none</c>, <c>any</c> or a function's name; null leaves it out.</param>
    public static ChatOptions Options(string model, string? mode = null) => new()
    {
        ModelId = model,
        Tools = Tools,
        AllowMultipleToolCalls = false,
        ToolMode = mode switch
        {
            null => null,
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "any" => ChatToolMode.RequireAny,
            _ => ChatToolMode.RequireSpecific(mode),
        },
    };

    private sealed class Declared(string name, string description, string schema, bool isStrict) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => description;

        public override JsonElement JsonSchema { get; } = JsonElement.Parse(schema);

        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
            isStrict ? new Dictionary<string, object?> { ["strict"] = true } : new Dictionary<string, object?>();
    }
}
