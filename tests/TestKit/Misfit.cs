namespace DiscordIntel.TestKit;

/// <summary>One way in which a value misses its schema.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Kind">What sort of rule was broken.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record Misfit(string Path, MisfitKind Kind, string Message)
{
    /// <summary>The type or value that was found, for kinds other than <see cref="MisfitKind.Other"/>.</summary>
    public string Found { get; private init; } = "";

    /// <summary>The types or values that would have been right; the branches of a union add theirs up.</summary>
    public IReadOnlyList<string> Expected { get; private init; } = [];

    public static Misfit Of(string path, MisfitKind kind, string found, IReadOnlyList<string> expected) =>
        new(path, kind, $"{found} is not {(expected.Count > 1 ? "one of " : "")}{string.Join(", ", expected)}")
        {
            Found = found,
            Expected = expected,
        };
}
