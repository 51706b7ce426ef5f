using DiscordIntel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Configuration;

/// <summary>Code beats the section, which beats the flat variables, which beat the defaults.</summary>
[TestFixture]
internal sealed class PrecedenceTests
{
    private static IEnumerable<TestCaseData> Settings()
    {
        yield return Case("OPENAI_API_KEY", "OpenAI:ApiKey", null, "sk-flat", "sk-section", "sk-code", (o, v) => o.OpenAI.ApiKey = (string)v, o => o.OpenAI.ApiKey);
        yield return Case("OPENAI_BASE_URL", "OpenAI:BaseUrl", null, "http://flat/v1", "http://section/v1", "http://code/v1", (o, v) => o.OpenAI.BaseUrl = (string)v, o => o.OpenAI.BaseUrl);
        yield return Case("OPENAI_MAX_TOKENS", "Generation:MaxOutputTokens", 4000, 11, 22, 33, (o, v) => o.Generation.MaxOutputTokens = (int)v, o => o.Generation.MaxOutputTokens);
        yield return Case("OPENAI_TEMPERATURE", "Generation:Temperature", 0.7f, 0.25f, 0.5f, 0.75f, (o, v) => o.Generation.Temperature = (float)v, o => o.Generation.Temperature);
        yield return Case("ENABLE_OPENAI_STRUCTURED_OUTPUTS", "Features:StructuredOutputs", true, false, true, false, (o, v) => o.Features.StructuredOutputs = (bool)v, o => o.Features.StructuredOutputs);
        yield return Case(null, "Generation:Model", null, null, "section", "code", (o, v) => o.Generation.Model = (string)v, o => o.Generation.Model);
        yield return Case(null, "Generation:ReasoningEffort", null, null, "low", "high", (o, v) => o.Generation.ReasoningEffort = (string)v, o => o.Generation.ReasoningEffort);
        yield return Case(null, "Generation:Timeout", Seconds(120), null, Seconds(5), Seconds(6), (o, v) => o.Generation.Timeout = (TimeSpan)v, o => o.Generation.Timeout);
        yield return Case(null, "Models:Text", "gpt-6-luna", null, "section", "code", (o, v) => o.Models.Text = (string)v, o => o.Models.Text);
        yield return Case(null, "Privacy:IdentifierKey", null, null, "section-0123456789", "code-0123456789ab", (o, v) => o.Privacy.IdentifierKey = (string)v, o => o.Privacy.IdentifierKey);
        yield return Case(null, "Resilience:MaxAttempts", 3, null, 4, 5, (o, v) => o.Resilience.MaxAttempts = (int)v, o => o.Resilience.MaxAttempts);
        yield return Case(null, "Resilience:BaseDelay", Seconds(1), null, Seconds(2), Seconds(4), (o, v) => o.Resilience.BaseDelay = (TimeSpan)v, o => o.Resilience.BaseDelay);
        yield return Case(null, "Resilience:MaxDelay", Seconds(60), null, Seconds(30), Seconds(20), (o, v) => o.Resilience.MaxDelay = (TimeSpan)v, o => o.Resilience.MaxDelay);
        yield return Case(null, "Resilience:AttemptTimeout", Seconds(60), null, Seconds(7), Seconds(8), (o, v) => o.Resilience.AttemptTimeout = (TimeSpan)v, o => o.Resilience.AttemptTimeout);

        static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

        static TestCaseData Case(
            string? variable, string path, object? fallback, object? flat, object section, object code, Action<DiscordIntelOptions, object> set, Func<DiscordIntelOptions, object?> get) =>
            new TestCaseData(new Setting(variable, path, fallback, flat, section, code, set, get)).SetArgDisplayNames(path);
    }

    [TestCaseSource(nameof(Settings))]
    public void Options_SetInSeveralPlaces_TheHigherOneCounts(Setting setting)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(setting, flat: false, section: false, code: false), Is.EqualTo(setting.Default));
            Assert.That(Read(setting, flat: true, section: false, code: false), Is.EqualTo(setting.Variable is null ? setting.Default : setting.Flat));
            Assert.That(Read(setting, flat: true, section: true, code: false), Is.EqualTo(setting.Section));
            Assert.That(Read(setting, flat: true, section: true, code: true), Is.EqualTo(setting.Code));
        }
    }

    [Test]
    public void Options_CodeRegisteredBeforeTheSdk_StillBeatsTheSection()
    {
        using BaseContainer container = BaseContainer.With(
            new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1", ["DiscordIntel:Models:Text"] = "section" },
            before: services => services.Configure<DiscordIntelOptions>(options => options.Models.Text = "code"));
        Assert.That(container.Options.Models.Text, Is.EqualTo("code"));
    }

    [Test]
    public void Options_FlatVariableBlank_CountsAsNotSet([Values("", "  ")] string blank)
    {
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = "sk-1", ["OPENAI_MAX_TOKENS"] = blank, ["OPENAI_TEMPERATURE"] = blank, ["OPENAI_BASE_URL"] = blank, ["ENABLE_OPENAI_STRUCTURED_OUTPUTS"] = blank,
        });
        DiscordIntelOptions options = container.Options;
        Assert.That(
            (options.Generation, options.OpenAI.BaseUrl, options.Features.StructuredOutputs), Is.EqualTo((GenerationOptions.Defaults, (string?)null, true)));
    }

    [Test]
    public void Options_FlatVariableWithBlanksAround_IsTrimmed()
    {
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = " sk-1\r\n", ["OPENAI_MAX_TOKENS"] = " 9 " });
        Assert.That((container.Options.OpenAI.ApiKey, container.Options.Generation.MaxOutputTokens), Is.EqualTo(("sk-1", (int?)9)));
    }

    [TestCase("true", true)]
    [TestCase("TRUE", true)]
    [TestCase("1", true)]
    [TestCase("yes", true)]
    [TestCase("On", true)]
    [TestCase("false", false)]
    [TestCase("0", false)]
    [TestCase("No", false)]
    [TestCase("off", false)]
    public void Options_Flag_TakesTheUsualWords(string word, bool on)
    {
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1", ["ENABLE_OPENAI_STRUCTURED_OUTPUTS"] = word });
        Assert.That(container.Options.Features.StructuredOutputs, Is.EqualTo(on));
    }

    [Test]
    public void Options_NullInTheSection_IsNotWithoutLimit()
    {
        // A JSON file with "MaxOutputTokens": null gives a key with a null value, which the binder sets.
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = "sk-1", ["DiscordIntel:Generation:MaxOutputTokens"] = null, ["DiscordIntel:Generation:Timeout"] = null, ["DiscordIntel:Generation:Temperature"] = null,
        });
        Assert.That(container.Options.Generation, Is.EqualTo(GenerationOptions.Defaults));
    }

    [Test]
    public void Options_NullForALimitInTheSection_IsNoLimit()
    {
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = "sk-1", ["OPENAI_MAX_MONTHLY_COST"] = "5", ["DiscordIntel:Budget:MonthlyLimitUsd"] = null, ["DiscordIntel:Limits:RequestsPerMinute"] = null,
        });
        Assert.That((container.Options.Budget.MonthlyLimitUsd, container.Options.Limits.RequestsPerMinute), Is.EqualTo(((decimal?)null, (int?)null)));
    }

    [Test]
    public void Options_NoneInAVariable_IsNoLimit()
    {
        using BaseContainer container = BaseContainer.With(new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = "sk-1", ["OPENAI_MAX_MONTHLY_COST"] = "None", ["OPENAI_RATE_LIMIT_PER_MINUTE"] = "none",
        });
        Assert.That((container.Options.Budget.MonthlyLimitUsd, container.Options.Limits.RequestsPerMinute), Is.EqualTo(((decimal?)null, (int?)null)));
    }

    [Test]
    public void Options_NewGenerationMadeInCode_KeepsTheDefaultsItDoesNotName()
    {
        using BaseContainer container = BaseContainer.With(
            new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1" }, options => options.Generation = new GenerationOptions { Temperature = 0 });
        Assert.That(container.Options.Generation, Is.EqualTo(new GenerationOptions { MaxOutputTokens = 4000, Temperature = 0, Timeout = TimeSpan.FromMinutes(2) }));
    }

    private static object? Read(Setting setting, bool flat, bool section, bool code)
    {
        var settings = new Dictionary<string, string?>();
        if (setting.Variable != "OPENAI_API_KEY" && setting.Variable != "OPENAI_BASE_URL")
        {
            settings["OPENAI_API_KEY"] = "sk-some";
        }
        else if (setting.Variable == "OPENAI_API_KEY")
        {
            settings["OPENAI_BASE_URL"] = "http://localhost/v1";
        }
        else
        {
            settings["DiscordIntel:OpenAI:ApiKey"] = "sk-some";
        }

        if (flat && setting.Variable is { } variable)
        {
            settings[variable] = Convert.ToString(setting.Flat, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (section)
        {
            settings[$"DiscordIntel:{setting.Path}"] = Convert.ToString(setting.Section, System.Globalization.CultureInfo.InvariantCulture);
        }

        using BaseContainer container = BaseContainer.With(settings, code ? options => setting.Set(options, setting.Code) : null);
        return setting.Get(container.Options);
    }

    internal sealed record Setting(
        string? Variable, string Path, object? Default, object? Flat, object Section, object Code, Action<DiscordIntelOptions, object> Set, Func<DiscordIntelOptions, object?> Get);
}
