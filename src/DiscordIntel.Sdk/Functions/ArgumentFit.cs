using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>
/// A schema says less than a type: it has no range of an <c>int</c> and checks no date. Tells, once a call has failed to be bound, which argument was not of its parameter's type.
/// </summary>
internal static class ArgumentFit
{
    /// <summary>What does not fit, in sentences for the model; null when every argument can be read: then it was the method that failed.</summary>
    public static string? Issue(AIFunction function, JsonElement arguments)
    {
        var issues = new List<string>();
        foreach (ParameterInfo parameter in function.UnderlyingMethod?.GetParameters() ?? [])
        {
            if (parameter.Name is { } name && arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null)
            {
                try
                {
                    value.Deserialize(function.JsonSerializerOptions.GetTypeInfo(parameter.ParameterType));
                }
                catch (JsonException fault)
                {
                    issues.Add($"$.{name}{fault.Path?.TrimStart('$')}: it is out of range or not in the form that its type has.");
                }
            }
        }

        return issues.Count == 0 ? null : string.Join(" ", issues);
    }
}
