using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>A function call of a kept reply. Its arguments are values that nobody can change.</summary>
internal sealed record CachedCall(string Id, string Name, string? Raw, KeyValuePair<string, object?>[]? Arguments)
{
    /// <summary>The call, or null when its arguments hold what cannot be kept.</summary>
    public static CachedCall? Of(FunctionCallContent call)
    {
        if (call.GetType() != typeof(FunctionCallContent) || call.Exception is not null)
        {
            return null;
        }

        KeyValuePair<string, object?>[]? arguments = call.Arguments is { } given
            ? [.. given.Select(argument => KeyValuePair.Create(argument.Key, Own(argument.Value)))]
            : null;
        return arguments?.All(argument => argument.Value is null or string or bool or int or long or float or double or decimal or JsonElement) is false
            ? null
            : new CachedCall(call.CallId, call.Name, call.RawRepresentation as string, arguments);
    }

    public FunctionCallContent ToContent() => new(Id, Name, Arguments is null ? null : new Dictionary<string, object?>(Arguments)) { RawRepresentation = Raw };

    /// <summary>Its letters, and those of its arguments.</summary>
    public int Length => Id.Length + Name.Length + (Raw?.Length ?? 0) + (Arguments?.Sum(argument => argument.Key.Length + LengthOf(argument.Value)) ?? 0);

    // An element reads from its document, which may be disposed.
    private static object? Own(object? value) => value is JsonElement json ? json.Clone() : value;

    private static int LengthOf(object? value) => value switch
    {
        string text => text.Length,
        JsonElement { ValueKind: not JsonValueKind.Undefined } json => JsonMarshal.GetRawUtf8Value(json).Length,
        _ => 0,
    };
}
