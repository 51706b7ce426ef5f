using NUnit.Framework;

namespace DiscordIntel.Tests.Support;

/// <summary>The repository's source files, for rules about them.</summary>
internal static class BaseSource
{
    public static DirectoryInfo Root { get; } = FindRoot();

    public static DirectoryInfo Core { get; } = new(Path.Combine(Root.FullName, "src", "DiscordIntel.Sdk"));

    public static IEnumerable<BaseSourceFile> CoreFiles => Files(Core);

    public static IEnumerable<BaseSourceFile> AllFiles => Files(new DirectoryInfo(Path.Combine(Root.FullName, "src")));

    private static IEnumerable<BaseSourceFile> Files(DirectoryInfo folder) =>
        from file in folder.EnumerateFiles("*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj")
        select new BaseSourceFile(path, File.ReadAllLines(file.FullName));

    private static DirectoryInfo FindRoot()
    {
        for (DirectoryInfo? at = new(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "DiscordIntel.Sdk.sln")))
            {
                return at;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

/// <param name="Path">Relative to the folder searched, with forward slashes.</param>
/// <param name="Lines">As they stand.</param>
internal sealed record BaseSourceFile(string Path, string[] Lines)
{
    /// <summary>The first folder of the path; empty for a file at the root.</summary>
    public string Folder => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    /// <summary>The lines that are not comments.</summary>
    public IEnumerable<string> Code => Lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>The namespaces of the <c>using</c> lines.</summary>
    public IEnumerable<string> Usings =>
        from line in Lines
        where line.StartsWith("using ", StringComparison.Ordinal)
        select line["using ".Length..].TrimEnd(';').Split('=')[^1].Replace("static ", "", StringComparison.Ordinal).Trim();

    public override string ToString() => Path;
}
