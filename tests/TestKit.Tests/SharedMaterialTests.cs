using NUnit.Framework;

namespace DiscordIntel.TestKit.Tests;

[TestFixture]
[NonParallelizable]
internal sealed class SharedMaterialTests
{
    private string? _before;
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _before = Environment.GetEnvironmentVariable(SharedMaterial.Variable);
        _folder = Directory.CreateTempSubdirectory("shared");
    }

    [TearDown]
    public void TearDown()
    {
        Environment.SetEnvironmentVariable(SharedMaterial.Variable, _before);
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Find_VariableSet_LooksOnlyThere()
    {
        Environment.SetEnvironmentVariable(SharedMaterial.Variable, _folder.FullName);
        _folder.CreateSubdirectory("texts");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SharedMaterial.Find("texts"), Is.EqualTo(Path.Combine(_folder.FullName, "texts")));
            Assert.That(SharedMaterial.Find("traffic"), Is.Null);
            Assert.That(TrafficRecord.All(), Is.Empty);
        }
    }

    [Test]
    public void Find_NoVariable_WalksUpFromTheTestAssembly()
    {
        Environment.SetEnvironmentVariable(SharedMaterial.Variable, null);
        DirectoryInfo near = new(Path.Combine(AppContext.BaseDirectory, "shared", "walked"));
        near.Create();
        try
        {
            Assert.That(SharedMaterial.Find("walked"), Is.EqualTo(near.FullName));
        }
        finally
        {
            near.Parent!.Delete(recursive: true);
        }
    }
}
