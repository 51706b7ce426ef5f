using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>Finds material that lies beside the repository; a lone clone has none of it and skips those tests.</summary>
internal static class Shared
{
    public static string Folder(string name)
    {
        if (Environment.GetEnvironmentVariable("DISCORDINTEL_SHARED") is { Length: > 0 } root && Directory.Exists(Path.Combine(root, name)))
        {
            return Path.Combine(root, name);
        }

        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Ignore($"shared/{name} is not beside this checkout.");
        throw new InvalidOperationException("Unreachable: Assert.Ignore throws.");
    }
}
