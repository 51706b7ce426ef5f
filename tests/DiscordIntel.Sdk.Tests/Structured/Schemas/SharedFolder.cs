using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Reference material that lies beside the repository, where there is any.</summary>
internal static class SharedFolder
{
    public static string Find(string name)
    {
        string? named = Environment.GetEnvironmentVariable("DISCORDINTEL_SHARED");
        IEnumerable<string> candidates = named is null ? Parents().Select(parent => Path.Combine(parent, "shared")) : [named];
        string? found = candidates.Select(shared => Path.Combine(shared, name)).FirstOrDefault(Path.Exists);
        if (found is null)
        {
            Assert.Ignore($"shared/{name} is not here; DISCORDINTEL_SHARED may name the shared folder.");
        }

        return found!;
    }

    private static IEnumerable<string> Parents()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
