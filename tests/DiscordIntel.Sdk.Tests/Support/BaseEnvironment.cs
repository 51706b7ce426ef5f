using System.Collections;

namespace DiscordIntel.Tests.Support;

/// <summary>Process environment variables for one test: without those the SDK reads, then with the given ones; disposing restores all of them.</summary>
internal sealed class BaseEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public BaseEnvironment(params (string Name, string Value)[] variables)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOurs).ToArray())
        {
            Set(name, null);
        }

        foreach ((string name, string value) in variables)
        {
            Set(name, value);
        }
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("OPENAI_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ENABLE_OPENAI_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DiscordIntel__", StringComparison.OrdinalIgnoreCase);
}
