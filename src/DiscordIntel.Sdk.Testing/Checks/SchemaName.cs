using System.Buffers;

namespace DiscordIntel.Testing.Checks;

/// <summary>The letters a schema's and a function's name may have.</summary>
internal static class SchemaName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static ApiError? Find(string name, string path) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Allowed) ? null : ApiError.Invalid(
            $"Invalid '{path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", path, "invalid_value");
}
