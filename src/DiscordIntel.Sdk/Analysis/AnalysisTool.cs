using System.Text.Json;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Analysis;

/// <summary>An analysis as a function. One that fails throws, as functions do: the model is told that it failed, and the host why.</summary>
internal sealed class AnalysisTool(AnalysisClient analysis, string name, string description, JsonElement schema, AnalysisKind? kind) : AIFunction
{
    /// <summary>An analysis is requests to a model: the ten seconds of an ordinary tool are not enough. The run's own time bounds it as well.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ToolOptions) && serviceKey is null ? new ToolOptions { Timeout = Timeout } : base.GetService(serviceType, serviceKey);

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Context is not { } context || !context.TryGetValue(typeof(IntelScope), out object? given) || given is not IntelScope scope)
        {
            throw new ArgumentException("Put the scope into AIFunctionArguments.Context[typeof(IntelScope)].", nameof(arguments));
        }

        string content = arguments.ContainsKey("claims") ? string.Join('\n', Texts(arguments, "claims")) : Texts(arguments, "content").Single();
        AnalysisKind wanted = kind ?? (Enum.TryParse(Texts(arguments, "kind").Single(), ignoreCase: true, out AnalysisKind named) && Enum.IsDefined(named)
            ? named
            : throw new ArgumentException("The kind is Debate, FactCheck or Sentiment.", nameof(arguments)));
        StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(content, wanted, scope, cancellationToken).ConfigureAwait(false);
        return AnalysisText.Of(result.ValueOrThrow());
    }

    /// <summary>The text or the texts of an argument: JSON from a model, strings from a host.</summary>
    private static IEnumerable<string> Texts(AIFunctionArguments arguments, string name) => arguments.GetValueOrDefault(name) switch
    {
        string text => [text],
        IEnumerable<string> texts => texts,
        JsonElement { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        JsonElement { ValueKind: JsonValueKind.Array } texts when texts.EnumerateArray().All(text => text.ValueKind is JsonValueKind.String) => [.. texts.EnumerateArray().Select(text => text.GetString()!)],
        _ => throw new ArgumentException($"The argument '{name}' is missing or no text.", nameof(arguments)),
    };
}
