using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>One run of the console sample inside the test's process: what it printed and how it ended.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    private static readonly string[] Variables =
    [
        "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MAX_TOKENS", "OPENAI_TEMPERATURE", "ENABLE_OPENAI_STRUCTURED_OUTPUTS",
        "OPENAI_MAX_MONTHLY_COST", "OPENAI_RATE_LIMIT_PER_MINUTE", "OPENAI_CACHE_ENABLED", "DiscordIntel__Budget__MonthlyLimitUsd",
        "DiscordIntel__Models__Catalog__0__Id", "DiscordIntel__Models__Catalog__0__InputPrice", "DiscordIntel__Models__Catalog__0__OutputPrice",
        "DiscordIntel__OpenAI__ApiKey", "DiscordIntel__OpenAI__BaseUrl", "DiscordIntel__Resilience__MaxAttempts", "DiscordIntel__Resilience__BaseDelay",
    ];

    public static string Debate => Data("debate-night-buses.txt");

    public static string Chat => Data("chat-patch-day.txt");

    public string All => Output + Error;

    /// <summary>What it printed, in one line: where a terminal breaks it does not matter.</summary>
    public string Flat => string.Join(' ', Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The lines of standard error that tell an error.</summary>
    public IEnumerable<string> ErrorLines => Error.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal));

    public static Task<ConsoleRun> OfAsync(params string[] args) => OfAsync(args, "", []);

    /// <summary>Runs with exactly these variables set: the SDK reads the real environment, so none of the machine's own may leak in.</summary>
    public static async Task<ConsoleRun> OfAsync(string[] args, string input, (string Name, string Value)[] environment, CancellationToken cancellationToken = default)
    {
        var saved = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (string name in Variables)
            {
                Environment.SetEnvironmentVariable(name, environment.FirstOrDefault(variable => variable.Name == name).Value);
            }

            using var stdin = new StringReader(input);
            await using var stdout = new StringWriter();
            await using var stderr = new StringWriter();
            int code = await new ConsoleApp(stdin, stdout, stderr, Environment.GetEnvironmentVariable).RunAsync(args, cancellationToken);
            return new ConsoleRun(code, stdout.ToString(), stderr.ToString());
        }
        finally
        {
            foreach ((string name, string? value) in saved)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    /// <summary>Nothing that a reader should never see: stack traces, exceptions, escape sequences.</summary>
    public void AssertClean()
    {
        Assert.That(All, Does.Not.Contain("Exception").And.Not.Contain(" at DiscordIntel.").And.Not.Contain("   at "));
        Assert.That(All.Where(c => char.IsControl(c) && c is not ('\n' or '\r')), Is.Empty);
    }

    /// <summary>Exactly one sentence that tells an error, and this exit code.</summary>
    public string AssertOneError(int exitCode)
    {
        AssertClean();
        Assert.That(ErrorLines.Count(), Is.EqualTo(1), Error);
        Assert.That(ExitCode, Is.EqualTo(exitCode), Error);
        return ErrorLines.Single();
    }

    private static string Data(string name)
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "samples", "data", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("The sample texts are part of the repository.", name);
    }
}
