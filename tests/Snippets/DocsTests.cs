using System.Text.RegularExpressions;

namespace DiscordIntel.Snippets;

/// <summary>
/// Every C# block of the README and the docs is a region of this project, which compiles and runs. Two adapters of docs/discord.md are the exception: they need
/// libraries that this repository does not reference, and say so.
/// </summary>
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
        foreach (Match block in CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, page))).Where(block => !block.Groups["foreign"].Success))
        {
            Assert.That(regions.Values, Does.Contain(Trimmed(block.Groups["code"].Value)), "a block that is no region of tests/Snippets");
        }
    }

    [Test]
    public void ForeignBlocks_AreTheTwoAdaptersAndAllowNoMentions()
    {
        (string Page, Match Block)[] foreign = [.. Pages()
            .SelectMany(page => CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, page))).Select(block => (page, block)))
            .Where(found => found.block.Groups["foreign"].Success)];

        Assert.That(foreign.Select(found => (found.Page, found.Block.Groups["foreign"].Value)), Is.EqualTo(
            new[] { (Path.Combine("docs", "discord.md"), "Discord.Net"), (Path.Combine("docs", "discord.md"), "NetCord") }));
        foreach (string code in foreign.Select(found => found.Block.Groups["code"].Value))
        {
            Assert.That(code.Split('\n'), Has.Length.LessThan(60));
            Assert.That(code, Does.Contain(": IReplySink").And.Contains("SuppressEmbeds"));

            // Where a content is written, mentions are forbidden in the same place.
            Assert.That(MentionsNone().Count(code), Is.EqualTo(WritesContent().Count(code)).And.GreaterThan(1));
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

    [GeneratedRegex(@"(^<!-- not compiled here: needs (?<foreign>Discord\.Net|NetCord) -->\n)?^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[aA]llowedMentions\s*[:=]\s*AllowedMentions(Properties)?\.None\b", RegexOptions.ExplicitCapture)]
    private static partial Regex MentionsNone();

    [GeneratedRegex(@"\bmessage\.Content\b")]
    private static partial Regex WritesContent();

    [GeneratedRegex(@"\]\((?!https?://|#)(?<path>[^)#]+)")]
    private static partial Regex LocalLink();
}
