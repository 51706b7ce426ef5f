using System.Text.RegularExpressions;
using DiscordIntel.Models;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Architecture;

/// <summary>The layers: who may know whom, read from the source files.</summary>
[TestFixture]
internal sealed class SourceRulesTests
{
    private static readonly string[] Folders =
        [.. BaseSource.Core.EnumerateDirectories().Select(folder => folder.Name).Where(name => name is not ("bin" or "obj"))];

    // What a feature may use of other features. A new feature takes its place here.
    private static readonly Dictionary<string, string[]> Features = new()
    {
        ["Text"] = [],
        ["Structured"] = [],
        ["Functions"] = ["Structured"],
        ["Vision"] = [],
        ["Analysis"] = ["Structured", "Text", "Functions"],
        ["Voice"] = ["Text"],
        ["Multimodal"] = ["Voice", "Vision", "Analysis"],
        ["Discord"] = ["Analysis"], // Its cards show an analysis.
        ["Usage"] = [],
    };

    private static readonly string[] NotFeatures = ["Configuration", "Models", "Pipeline", "Providers", "Results", "Tenants"];

    private static IEnumerable<BaseSourceFile> Core => BaseSource.CoreFiles;

    [Test]
    public void Folders_All_HaveAPlaceInTheRules() => Assert.That(Folders, Is.SubsetOf(Features.Keys.Concat(NotFeatures)).And.Not.Empty);

    [Test]
    public void Results_Files_KnowNoOtherFolder() =>
        Expect(Core.Where(file => file.Folder == "Results"), file => Known(file).Except(["Results"]));

    [Test]
    public void Pipeline_Files_KnowNoFeature() =>
        Expect(Core.Where(file => file.Folder == "Pipeline"), file => Known(file).Intersect(Features.Keys));

    [Test]
    public void BelowTheFeatures_Files_KnowNoFeature() =>
        Expect(Core.Where(file => file.Folder is "Providers" or "Models" or "Configuration"), file => Known(file).Intersect(Features.Keys));

    [Test]
    public void Features_Files_KnowOnlyTheFeaturesTheyMay() =>
        Expect(FeatureFiles, file => Known(file).Intersect(Features.Keys).Except(Features[file.Folder]).Except([file.Folder]));

    [Test]
    public void Features_Rules_HaveNoCycle()
    {
        foreach (string feature in Features.Keys)
        {
            var reached = new HashSet<string>();
            var open = new Queue<string>(Features[feature]);
            while (open.TryDequeue(out string? next))
            {
                if (reached.Add(next))
                {
                    Array.ForEach(Features[next], open.Enqueue);
                }
            }

            Assert.That(reached, Does.Not.Contain(feature));
        }
    }

    [Test]
    public void Features_Files_NeverTouchWhatThePipelineOwns()
    {
        // Implicit usings bring System.Net.Http along: the words are looked for, too.
        var words = new Regex(
            @"\b(HttpClient|HttpMessageHandler|ILogger|ILoggerFactory|LoggerMessage|IMemoryCache|IDistributedCache|Meter|ActivitySource|ResiliencePipeline|RateLimiter|IChatClient|ProviderGateway)\b",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(5));
        string[] spaces = ["System.Net.Http", "Polly", "OpenAI", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Caching", "System.Diagnostics.Metrics", "System.Threading.RateLimiting", "DiscordIntel.Providers"];
        Expect(
            FeatureFiles.Where(file => file.Path != "Discord/AttachmentReader.cs"),
            file => file.Usings.Where(use => spaces.Any(space => use == space || use.StartsWith(space + ".", StringComparison.Ordinal)))
                .Concat(file.Code.Where(line => words.IsMatch(line))));
    }

    [Test]
    public void Providers_Files_KnowNoStepResult() =>
        Expect(Core.Where(file => file.Folder == "Providers"), file => file.Code.Where(line => Has(line, "StepResult")));

    [Test]
    public void AboveTheGateway_Files_KnowNoProviderException() =>
        Expect(Core.Where(file => file.Folder != "Providers"), file => file.Code.Where(line => Has(line, "ProviderException")));

    [Test]
    public void CatchAll_Files_IsWhereOtherPeoplesCodeRuns() =>
        Expect(
            Core.Where(file => file.Path is not ("Providers/ProviderGateway.cs" or "Configuration/LiveOptions.cs" or "Pipeline/HostCode.cs" or "Pipeline/Budgets/AlertOutbox.cs" or "Analysis/LongContent/ProgressTeller.cs")),

            // A filter by named types is no catch-all.
            file => file.Code.Where(line => Regex.IsMatch(
                line, @"\bcatch\s*($|\{|\(\s*(System\.)?Exception\b(?!.*\bwhen \(\w+ is \w+Exception\b))", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))));

    [Test]
    public void FeaturesAndPipeline_Throws_AreMisuseOrTheCallersCancellation() =>
        Expect(
            FeatureFiles.Concat(Core.Where(file => file.Folder == "Pipeline")),
            file => file.Code.Where(line => Has(line, "throw new") && !Regex.IsMatch(
                line, @"throw new (Argument\w*Exception|OperationCanceledException|ObjectDisposedException)\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))));

    [Test]
    public void OutsideProviders_Files_KnowNoMemberNameOfAProvider()
    {
        string[] names =
        [
            "choices", "finish_reason", "max_completion_tokens", "max_tokens", "safety_identifier", "prompt_tokens", "completion_tokens", "reasoning_effort",
            "response_format", "json_schema", "tool_calls", "prompt_tokens_details", "completion_tokens_details",
        ];
        Expect(Core.Where(file => file.Folder != "Providers"), file => file.Code.Where(line => names.Any(name => Has(line, $"\"{name}\""))));
    }

    [Test]
    public void OutsideModels_Files_NameNoModel()
    {
        // "o3" and the like are names only between quotes; the longer ids are looked for anywhere, comments included.
        string[] ids = [.. ModelCatalog.Default.Models.Select(model => model.Id)];
        var family = new Regex(@"\b(gpt|whisper|tts|dall-e|text-embedding|omni-moderation)-[0-9a-z]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.That(ids, Is.Not.Empty);
        Expect(
            Core.Where(file => file.Folder != "Models"),
            file => file.Lines.Where(line => family.IsMatch(line) || ids.Any(id => id.Length > 4 ? Has(line, id) : Has(line, $"\"{id}\""))));
    }

    [Test]
    public void Namespaces_Files_AreTheirFolders() =>
        Expect(Core, file =>
        {
            string expected = string.Join('.', ["DiscordIntel", .. file.Path.Split('/')[..^1]]);
            return file.Lines.Any(line => line == $"namespace {expected};") ? [] : [$"expected: namespace {expected};"];
        });

    [Test]
    public void Length_EveryFile_IsAtMost300Lines() =>
        Expect(BaseSource.AllFiles, file => file.Lines.Length > 300 ? [$"{file.Lines.Length} lines"] : []);

    [Test]
    public void Methods_All_AreNeverAsyncVoid() =>
        Expect(BaseSource.AllFiles, file => file.Code.Where(line => Has(line, "async void")));

    [Test]
    public void InternalsVisibleTo_Projects_AreTheCoresOwnTestsOnly()
    {
        var src = new DirectoryInfo(Path.Combine(BaseSource.Root.FullName, "src"));
        string[] friends =
        [
            .. from project in src.EnumerateFiles("*.csproj", SearchOption.AllDirectories)
               from Match match in Regex.Matches(File.ReadAllText(project.FullName), "InternalsVisibleTo Include=\"(?<friend>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
               select $"{project.Name}: {match.Groups["friend"].Value}",
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(friends, Is.EqualTo(new[] { "DiscordIntel.Sdk.csproj: DiscordIntel.Sdk.Tests" }));
            Expect(BaseSource.AllFiles, file => file.Code.Where(line => Has(line, "InternalsVisibleTo")));
        }
    }

    private static IEnumerable<BaseSourceFile> FeatureFiles => Core.Where(file => Features.ContainsKey(file.Folder));

    /// <summary>The folders that a file names: in its using lines, or before a dot in its code.</summary>
    private static IEnumerable<string> Known(BaseSourceFile file) => Folders.Where(folder =>
        file.Usings.Any(use => use == $"DiscordIntel.{folder}" || use.StartsWith($"DiscordIntel.{folder}.", StringComparison.Ordinal))
        || file.Code.Any(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && Has(line, $"DiscordIntel.{folder}.")));

    private static bool Has(string line, string text) => line.Contains(text, StringComparison.Ordinal);

    private static void Expect(IEnumerable<BaseSourceFile> files, Func<BaseSourceFile, IEnumerable<string>> faults)
    {
        BaseSourceFile[] looked = [.. files];
        Assert.That(looked, Is.Not.Empty, "the rule looked at no file");
        Assert.That(looked.SelectMany(file => faults(file).Select(fault => $"{file.Path}: {fault.Trim()}")), Is.Empty);
    }
}
