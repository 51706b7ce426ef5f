namespace DiscordIntel.TestKit;

/// <summary>Finds the <c>shared</c> folder: API descriptions and recorded traffic that are not part of the repository.</summary>
public static class SharedMaterial
{
    /// <summary>The environment variable that names the <c>shared</c> folder; when set, no other place is looked at.</summary>
    public const string Variable = "DISCORDINTEL_SHARED";

    /// <summary>Finds a file or folder of the shared material.</summary>
    /// <param name="name">Relative to <c>shared</c>, with forward slashes, for example <c>openapi/openai.json</c>.</param>
    /// <returns>The full path; null when this machine has no such material (the test then ignores itself with a reason).</returns>
    public static string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            return Existing(Path.Combine(folder, name));
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Existing(Path.Combine(at.FullName, "shared", name)) is { } found)
                return found;
        }

        return null;
    }

    private static string? Existing(string path) => Path.Exists(path) ? Path.GetFullPath(path) : null;
}
