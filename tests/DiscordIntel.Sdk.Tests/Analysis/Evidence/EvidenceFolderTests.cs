using DiscordIntel.Analysis.Evidence;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Evidence;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EvidenceFolderTests : IDisposable
{
    private static readonly IntelScope Scope = IntelScope.DirectMessage(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence");

    [Test]
    public async Task FindAsync_TextsInTheFolder_AreFoundWithTheirPlace()
    {
        Write("trams.md", "# Trams\n\nTrams are free in Luxembourg.");
        Write("deep/down/a b.TXT", "The pilot carried 8,412 people.");
        Write("image.png", "Trams trams trams.");
        Write(".hidden.md", "Trams trams trams.");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "trams.md"), new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var source = new EvidenceFolder(_folder.FullName);

        IReadOnlyList<EvidencePassage> trams = await source.FindAsync("Are trams free?", Scope, CancellationToken.None);
        IReadOnlyList<EvidencePassage> pilot = await source.FindAsync("The pilot of 2020", Scope, CancellationToken.None);

        Assert.That(trams, Is.EqualTo(new[] { new EvidencePassage { Title = "Trams", Url = new Uri("trams.md", UriKind.Relative), Date = new DateOnly(2026, 2, 3), Text = "# Trams\n\nTrams are free in Luxembourg." } }));
        Assert.That(pilot.Single().Url!.OriginalString, Is.EqualTo("deep/down/a%20b.TXT"));
        Assert.That(await source.FindAsync("zebra", Scope, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task FindAsync_ManyAtOnce_ReadTheFolderOnce()
    {
        Write("a.txt", "Trams are free.");
        var source = new EvidenceFolder(_folder.FullName);

        IReadOnlyList<EvidencePassage>[] found = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => source.FindAsync("trams", Scope, CancellationToken.None).AsTask()));
        Write("a.txt", "Nothing.");

        Assert.That(found.Select(passages => passages[0]).Distinct(ReferenceEqualityComparer.Instance), Has.Exactly(1).Items, "one index for all");
        Assert.That(await source.FindAsync("trams", Scope, CancellationToken.None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task FindAsync_FolderThatCameBack_IsReadThen()
    {
        string gone = Path.Combine(_folder.FullName, "gone");
        var source = new EvidenceFolder(gone);
        Assert.ThrowsAsync<DirectoryNotFoundException>(async () => await source.FindAsync("trams", Scope, CancellationToken.None));

        Write("gone/a.txt", "Trams are free.");

        Assert.That(await source.FindAsync("trams", Scope, CancellationToken.None), Has.Count.EqualTo(1));
    }

    [Test]
    public void UseEvidenceFolder_NoFolder_Throws()
    {
        DiscordIntelBuilder builder = new ServiceCollection().AddDiscordIntel();
        Assert.Multiple(() =>
        {
            Assert.That(() => builder.UseEvidenceFolder(Path.Combine(_folder.FullName, "none")), Throws.ArgumentException.With.Message.Contains("There is no folder"));
            Assert.That(() => builder.UseEvidenceFolder(" "), Throws.ArgumentException);
            Assert.That(() => builder.UseEvidenceFolder(null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void UseEvidenceFolder_Folder_IsTheSource()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel().UseEvidenceFolder(_folder.FullName);

        Assert.That(services.BuildServiceProvider().GetRequiredService<IEvidenceSource>(), Is.TypeOf<EvidenceFolder>());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
