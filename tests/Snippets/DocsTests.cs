using System.Text.RegularExpressions;

namespace DiscordIntel.Snippets;

/// <summary>Every C# block of the README and the docs is a region of this project, which compiles and runs.</summary>
internal sealed partial class DocsTests
{
    private static readonly string Root = FindRoot();

    public static IEnumerable<string> Pages() => Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
        .Prepend(Path.Combine(Root, "README.md"))
        .Append(Path.Combine(Root, "samples", "Console", "README.md"))
        .Select(file => Path.GetRelativePath(Root, file));

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryCodeBlock_IsARegionThatRuns(string page)
    {
        Dictionary<string, string> regions = Regions();
        foreach (Match block in CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, page))))
        {
            Assert.That(regions.Values, Does.Contain(Trimmed(block.Groups["code"].Value)), "a block that is no region of tests/Snippets");
        }
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryLink_LeadsSomewhere(string page)
    {
        string file = Path.Combine(Root, page);
        foreach (Match link in LocalLink().Matches(File.ReadAllText(file)))
        {
            string target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups["path"].Value);
            Assert.That(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups["path"].Value}");
        }
    }

    [Test]
    public void EveryRegion_StandsInADocument()
    {
        string[] blocks = [.. Pages()
            .SelectMany(page => CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, page))))
            .Select(block => Trimmed(block.Groups["code"].Value))];
        Assert.That(Regions().Where(region => !blocks.Contains(region.Value)).Select(region => region.Key), Is.Empty);
    }

    private static Dictionary<string, string> Regions() => Directory.EnumerateFiles(Path.Combine(Root, "tests", "Snippets"), "*Snippets.cs")
        .SelectMany(file => Region().Matches(File.ReadAllText(file)))
        .ToDictionary(match => match.Groups["name"].Value, match => Trimmed(match.Groups["code"].Value));

    private static string Trimmed(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : ""));
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DiscordIntel.Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
    }

    [GeneratedRegex(@"^[ ]*#region (?<name>\S+)\n(?<code>.*?)^[ ]*#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?!https?://|#)(?<path>[^)#]+)")]
    private static partial Regex LocalLink();
}
