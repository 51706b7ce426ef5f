using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiscordIntel.TestKit.Tests;

/// <summary>A request body made wrong in one place.</summary>
/// <param name="Place">Where it is wrong.</param>
/// <param name="Body">The body.</param>
internal sealed record Mutant(string Place, JsonElement Body)
{
    // What lies inside is the caller's own: any name and any value is right there.
    private static readonly string[] s_freeForm = ["parameters", "schema", "metadata", "logit_bias"];

    private static readonly string[] s_enumMembers =
    [
        "role", "type", "detail", "format", "reasoning_effort", "service_tier", "verbosity", "tool_choice", "modalities",
        "search_context_size", "response_format",
    ];

    /// <summary>Every member renamed once.</summary>
    public static IEnumerable<Mutant> Renamed(JsonElement body) => Make(body, node => node.Parent is JsonObject, node =>
    {
        JsonObject parent = node.Parent!.AsObject();
        string name = parent.Single(member => member.Value == node).Key;
        parent.Remove(name);
        parent.Add(name + "_x", node);
    });

    /// <summary>Every value replaced once by one of another type.</summary>
    public static IEnumerable<Mutant> Retyped(JsonElement body) => Make(body, _ => true, node =>
        node.ReplaceWith<JsonNode>(node.GetValueKind() is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object ? 42 : "wrong"));

    /// <summary>Every value of an enumeration replaced once by one that it does not have.</summary>
    public static IEnumerable<Mutant> WrongValues(JsonElement body) =>
        Make(body, IsEnumValue, node => node.ReplaceWith<JsonNode>(node.GetValue<string>() + "_x"));

    private static bool IsEnumValue(JsonNode node)
    {
        JsonNode? member = node.Parent is JsonArray list ? list : node;
        return node.GetValueKind() == JsonValueKind.String
            && member.Parent is JsonObject
            && s_enumMembers.Contains(member.GetPropertyName());
    }

    private static IEnumerable<Mutant> Make(JsonElement body, Predicate<JsonNode> applies, Action<JsonNode> change)
    {
        string text = body.GetRawText();
        int count = Inside(JsonNode.Parse(text)!).Count();
        for (int i = 0; i < count; i++)
        {
            JsonNode copy = JsonNode.Parse(text)!;
            JsonNode node = Inside(copy).ElementAt(i);
            string place = node.GetPath();
            if (!applies(node))
                continue;
            change(node);
            yield return new(place, JsonElement.Parse(copy.ToJsonString()));
        }
    }

    // Null members have no node of their own and are left as they are.
    private static IEnumerable<JsonNode> Inside(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member => s_freeForm.Contains(member.Key) ? [member.Value!] : Inside(member.Value!).Prepend(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Inside(item!).Prepend(item!)),
        _ => [],
    };
}
