using System.Text.Json;
using System.Text.RegularExpressions;
using DiscordIntel.Structured;
using DiscordIntel.Structured.Schemas;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>A tool ready for use: its schema compiled, and the calls counted that run at the same time. Safe for concurrent use.</summary>
internal sealed partial class Tool
{
    private readonly StructuredSchema? _schema;
    private readonly IJsonSchemaValidator? _second;

    public Tool(AIFunction function, ToolOptions options, IJsonSchemaValidator? second)
    {
        Function = function;
        Options = options;
        _second = second;
        RequiresApproval = options.RequiresApproval || function.GetService<ApprovalRequiredAIFunction>() is not null;
        Turns = new SemaphoreSlim(options.MaxConcurrency, options.MaxConcurrency);
        if (!StructuredSchema.TryCompile(function.JsonSchema, out _schema, out IReadOnlyList<string> faults) && second is null)
        {
            Fault = $"The tool '{function.Name}' has parameters that cannot be checked. {string.Join(". ", faults)}. Change them, or register an IJsonSchemaValidator.";
        }

        if (!LawfulName.IsMatch(function.Name))
        {
            Fault = $"The tool's name '{function.Name}' is not lawful. Give it a name of 1 to 64 characters out of a-z, A-Z, 0-9, _ and -.";
        }

        Declaration = new ToolDeclaration(function, _schema?.Strict ?? function.JsonSchema, _schema is not null);
    }

    public AIFunction Function { get; }

    public ToolOptions Options { get; }

    public string Name => Function.Name;

    public bool RequiresApproval { get; }

    /// <summary>What the model is shown.</summary>
    public ToolDeclaration Declaration { get; }

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Fault { get; }

    /// <summary>Held while a call runs.</summary>
    public SemaphoreSlim Turns { get; }

    /// <summary>Checks arguments; what does not fit is told in sentences for the model.</summary>
    public bool TryCheck(FunctionCallContent call, out JsonElement arguments, out string? issues)
    {
        arguments = default;
        if (TextOf(call) is not { } json)
        {
            issues = "They are not JSON.";
            return false;
        }

        if (_schema is not null)
        {
            SchemaVerdict verdict = _schema.Validate(json);
            issues = verdict.IsValid ? null : Sentences(verdict.Issues);
            arguments = verdict.IsValid ? JsonElement.Parse(verdict.Json.Span) : default;
            if (!verdict.IsValid)
            {
                return false;
            }
        }
        else if (!TryParse(json, out arguments))
        {
            issues = "They are not a JSON object.";
            return false;
        }

        issues = _second?.Validate(Function.JsonSchema, arguments) is { Count: > 0 } more ? Sentences(more) : null;
        return issues is null;
    }

    /// <summary>The arguments as JSON; null when the client that read the reply could make none of them.</summary>
    private string? TextOf(FunctionCallContent call)
    {
        if (call.RawRepresentation is string raw)
        {
            // Some servers send no text at all for a tool without parameters. For any other it is an answer cut short.
            return string.IsNullOrWhiteSpace(raw) && HasNoParameters ? "{}" : raw;
        }

        return call.Exception is not null ? null
            : call.Arguments is null ? "{}"
            : JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
    }

    private bool HasNoParameters => !Function.JsonSchema.TryGetProperty("properties"u8, out JsonElement properties)
        || (properties.ValueKind is JsonValueKind.Object && !properties.EnumerateObject().Any());

    private static bool TryParse(string json, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(json);
            return value.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    private static string Sentences(IReadOnlyList<string> issues) => string.Join(" ", issues.Select(issue => issue.EndsWith('.') ? issue : $"{issue}."));

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LawfulName { get; }
}
