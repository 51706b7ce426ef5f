using DiscordIntel.Configuration;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace DiscordIntel.Tests;

[TestFixture]
internal sealed class DiscordIntelOptionsValidatorTests
{
    private const string Key = "DiscordIntel:OpenAI:ApiKey";

    // The setting, its value, and how the one message begins: path and value. Every message goes on with the fix.
    private static readonly string[][] Wrong =
    [
        [Key, " ", "DiscordIntel:OpenAI:ApiKey is not set. Set OPENAI_API_KEY or DiscordIntel:OpenAI:ApiKey, or"],
        ["DiscordIntel:OpenAI:BaseUrl", "localhost:1234", "DiscordIntel:OpenAI:BaseUrl is 'localhost:1234'."],
        ["DiscordIntel:OpenAI:BaseUrl", "ftp://host/v1", "DiscordIntel:OpenAI:BaseUrl is 'ftp://host/v1'."],
        ["OPENAI_BASE_URL", "/v1", "DiscordIntel:OpenAI:BaseUrl is '/v1'."],
        ["DiscordIntel:OpenAI:Api", "7", "DiscordIntel:OpenAI:Api is 7. Set one of: Automatic, ChatCompletions, Responses."],
        ["DiscordIntel:OpenAI:Api", "Assistants", "Failed to convert configuration value 'Assistants' at 'DiscordIntel:OpenAI:Api'", "Responses"],
        ["DiscordIntel:Generation:Model", " ", "DiscordIntel:Generation:Model is empty."],
        ["DiscordIntel:Generation:MaxOutputTokens", "0", "DiscordIntel:Generation:MaxOutputTokens is 0."],
        ["DiscordIntel:Generation:MaxOutputTokens", "many", "Failed to convert configuration value 'many' at 'DiscordIntel:Generation:MaxOutputTokens'", "a whole number"],
        ["DiscordIntel:Generation:MaxOutputTokens", "99999999999", "Failed to convert configuration value '99999999999' at 'DiscordIntel:Generation:MaxOutputTokens'", "a whole number"],
        ["OPENAI_MAX_TOKENS", "4,000", "OPENAI_MAX_TOKENS is '4,000'."],
        ["OPENAI_MAX_TOKENS", "-1", "DiscordIntel:Generation:MaxOutputTokens is -1."],
        ["DiscordIntel:Generation:Temperature", "2.5", "DiscordIntel:Generation:Temperature is 2.5."],
        ["DiscordIntel:Generation:Temperature", "hot", "Failed to convert configuration value 'hot' at 'DiscordIntel:Generation:Temperature'", "a number with a decimal point"],
        ["OPENAI_TEMPERATURE", "0,7", "OPENAI_TEMPERATURE is '0,7'."],
        ["OPENAI_TEMPERATURE", "NaN", "DiscordIntel:Generation:Temperature is NaN."],
        ["DiscordIntel:Generation:ReasoningEffort", " ", "DiscordIntel:Generation:ReasoningEffort is empty."],
        ["DiscordIntel:Generation:ReasoningEffort", "minimal", "DiscordIntel:Generation:ReasoningEffort is 'minimal', which gpt-6-luna does not take."],
        ["DiscordIntel:Generation:Timeout", "00:00:00", "DiscordIntel:Generation:Timeout is 00:00:00."],
        ["DiscordIntel:Generation:Timeout", "90", "DiscordIntel:Generation:Timeout is 90.00:00:00."],
        ["DiscordIntel:Generation:Timeout", "soon", "Failed to convert configuration value 'soon' at 'DiscordIntel:Generation:Timeout'", "a duration such as"],
        ["DiscordIntel:Generation:Model", "whisper-1", "DiscordIntel:Generation:Model is 'whisper-1', which the catalogue knows as a transcription model."],
        ["DiscordIntel:Models:Text", "tts-1", "DiscordIntel:Models:Text is 'tts-1', which the catalogue knows as a speech model."],
        ["DiscordIntel:Models:Text", " ", "DiscordIntel:Models:Text is empty."],
        ["DiscordIntel:Models:Catalog:0:MaxOutputTokens", "5", "DiscordIntel:Models:Catalog:0:Id is empty."],
        ["DiscordIntel:Models:Catalog:0:Id", null!, "DiscordIntel:Models:Catalog:0:Id is empty."],
        ["OPENAI_MAX_MONTHLY_COST", "1,5", "OPENAI_MAX_MONTHLY_COST is '1,5'.", "a decimal point"],
        ["OPENAI_MAX_MONTHLY_COST", "1,000", "OPENAI_MAX_MONTHLY_COST is '1,000'."],
        ["OPENAI_MAX_MONTHLY_COST", "-1", "DiscordIntel:Budget:MonthlyLimitUsd is -1."],
        ["DiscordIntel:Budget:DegradeTo", "unheard-of", "DiscordIntel:Budget:DegradeTo is 'unheard-of', whose price is not known", "DiscordIntel:Models:Catalog:0:Id = unheard-of"],
        ["DiscordIntel:Budget:DegradeTo", "tts-1", "DiscordIntel:Budget:DegradeTo is 'tts-1', which the catalogue knows as a speech model."],
        ["DiscordIntel:Resilience:MaxAttempts", "0", "DiscordIntel:Resilience:MaxAttempts is 0."],
        ["DiscordIntel:Resilience:MaxAttempts", "11", "DiscordIntel:Resilience:MaxAttempts is 11."],
        ["DiscordIntel:Resilience:BaseDelay", "-00:00:01", "DiscordIntel:Resilience:BaseDelay is -00:00:01."],
        ["DiscordIntel:Resilience:BaseDelay", "00:01:01", "DiscordIntel:Resilience:BaseDelay is 00:01:01."],
        ["DiscordIntel:Resilience:MaxDelay", "00:10:01", "DiscordIntel:Resilience:MaxDelay is 00:10:01."],
        ["DiscordIntel:Resilience:AttemptTimeout", "00:00:00.009", "DiscordIntel:Resilience:AttemptTimeout is 00:00:00.0090000."],
        ["DiscordIntel:Resilience:AttemptTimeout", "01:00:01", "DiscordIntel:Resilience:AttemptTimeout is 01:00:01."],
        ["DiscordIntel:Analysis:PartTokens", "99", "DiscordIntel:Analysis:PartTokens is 99."],
        ["DiscordIntel:Analysis:PartTokens", "many", "Failed to convert configuration value 'many' at 'DiscordIntel:Analysis:PartTokens'", "a whole number"],
        ["DiscordIntel:Analysis:PartTokens", "40", "DiscordIntel:Analysis:PartTokens is 40."],
        ["DiscordIntel:Analysis:OverlapTokens", "100001", "DiscordIntel:Analysis:OverlapTokens is 100001."],
        ["DiscordIntel:Analysis:MaxParallelParts", "33", "DiscordIntel:Analysis:MaxParallelParts is 33."],
        ["DiscordIntel:Features:StructuredOutputs", "perhaps", "Failed to convert configuration value 'perhaps' at 'DiscordIntel:Features:StructuredOutputs'", "true or false"],
        ["ENABLE_OPENAI_STRUCTURED_OUTPUTS", "perhaps", "ENABLE_OPENAI_STRUCTURED_OUTPUTS is 'perhaps'."],
        ["DiscordIntel:UserMessages:RateLimited", " ", "DiscordIntel:UserMessages:RateLimited is empty"],
        ["DiscordIntel:UserMessages:RateLimited", null!, "DiscordIntel:UserMessages:RateLimited is empty"],
        ["DiscordIntel:UserMessages:RateLimit", "x", "Failed to convert configuration value 'RateLimit' at 'DiscordIntel:UserMessages:RateLimit'", "RateLimited"],
    ];

    // Entries of the catalogue that need more than one setting.
    private static readonly string[][] WrongEntries =
    [
        ["MaxOutputTokens", "0", ":MaxOutputTokens is 0."],
        ["InputPrice", "1", " has only one of InputPrice and OutputPrice."],
        ["OutputPrice", "1", " has only one of InputPrice and OutputPrice."],
        ["CachedInputPrice", "1", " has CachedInputPrice without InputPrice and OutputPrice."],
        ["CachedInputPrice", "-0.5", ":CachedInputPrice is -0.5."],
        ["CachedInputPrice", "1000000.5", ":CachedInputPrice is 1000000.5."],
        ["Temperature", "9", ":Temperature is 9."],
        ["ToolsOnChat", "9", ":ToolsOnChat is 9."],
    ];

    [TestCaseSource(nameof(Wrong))]
    public void Start_OneWrongSetting_SaysPathValueAndFix(string key, string? value, string start, string? fix = null)
    {
        string fault = Faults((key, value)).Single();
        Assert.That(fault, Does.StartWith(start).And.Match(@"(Set|set|Name|Write|Correct|Remove) .+[^ ]$"));
        Assert.That(fault, Does.Contain(fix ?? start));
    }

    [TestCaseSource(nameof(WrongEntries))]
    public void Start_WrongCatalogEntry_SaysPathValueAndFix(string name, string value, string start)
    {
        string fault = Faults(("DiscordIntel:Models:Catalog:0:Id", "mine"), ($"DiscordIntel:Models:Catalog:0:{name}", value)).Single();
        Assert.That(fault, Does.StartWith($"DiscordIntel:Models:Catalog:0{start}").And.Contain("Set "));
    }

    [TestCase("Temperature", "Sometimes", "OnlyWithoutReasoning")]
    [TestCase("Shutdown", "soon", "a date such as")]
    [TestCase("InputPrice", "cheap", "a number with a decimal point")]
    public void Start_UnreadableCatalogEntry_SaysPathValueAndForm(string name, string value, string fix) =>
        Assert.That(
            Faults(("DiscordIntel:Models:Catalog:0:Id", "mine"), ($"DiscordIntel:Models:Catalog:0:{name}", value)).Single(),
            Does.Contain($"'{value}' at 'DiscordIntel:Models:Catalog:0:{name}'").And.Contain(fix));

    [Test]
    public void Start_ModelTwiceInTheCatalogue_NamesIt() =>
        Assert.That(
            Faults(("DiscordIntel:Models:Catalog:0:Id", "mine"), ("DiscordIntel:Models:Catalog:1:Id", "MINE")).Single(),
            Is.EqualTo("DiscordIntel:Models:Catalog names 'mine' 2 times. Keep one entry a model."));

    [Test]
    public void Start_SeveralWrongSettings_SaysAllOfThem() =>
        Assert.That(
            Faults((Key, ""), ("DiscordIntel:Generation:Temperature", "3"), ("DiscordIntel:Resilience:MaxAttempts", "0"), ("DiscordIntel:UserMessages:Timeout", "")),
            Has.Length.EqualTo(4));

    [Test]
    public void Start_SeveralWrongVariables_SaysAllOfThem() =>
        Assert.That(Faults(("OPENAI_MAX_TOKENS", "x"), ("OPENAI_TEMPERATURE", "x"), ("ENABLE_OPENAI_STRUCTURED_OUTPUTS", "x")), Has.Length.EqualTo(3));

    [TestCase("DiscordIntel:OpenAI:ApiKey", "sk-top secret\n")]
    [TestCase("DiscordIntel:OpenAI:ApiKey", " sk-top secret")]
    [TestCase("DiscordIntel:OpenAI:ApiKey", "sk-top secret\u00e9")]
    [TestCase("DiscordIntel:OpenAI:ApiKey", "sk-top\0secret")]
    [TestCase("DiscordIntel:Privacy:IdentifierKey", "top secret")]
    [TestCase("DiscordIntel:OpenAI:BaseUrl", "htp://user:top-secret@host/v1")]
    public void Start_WrongSecret_NamesThePathAndNeverShowsIt(string key, string value) =>
        Assert.That(Faults((key, value)).Single(), Does.StartWith(key).And.Not.Contain("secret").And.Not.Contain("sk-top"));

    [TestCase("DiscordIntel:Resilience:MaxAttempts", "1")]
    [TestCase("DiscordIntel:Resilience:MaxAttempts", "10")]
    [TestCase("DiscordIntel:Resilience:BaseDelay", "00:00:00")]
    [TestCase("DiscordIntel:Resilience:BaseDelay", "00:01:00")]
    [TestCase("DiscordIntel:Resilience:MaxDelay", "00:10:00")]
    [TestCase("DiscordIntel:Resilience:AttemptTimeout", "00:00:00.010")]
    [TestCase("DiscordIntel:Resilience:AttemptTimeout", "01:00:00")]
    [TestCase("DiscordIntel:Privacy:IdentifierKey", "0123456789abcdef")]
    [TestCase("DiscordIntel:Generation:ReasoningEffort", "none")]
    [TestCase("DiscordIntel:Models:Text", "a-model-of-another-server")]
    [TestCase("DiscordIntel:OpenAI:BaseUrl", "https://host")]
    public void Start_ValueAtTheBorder_IsFine(string key, string value) => Assert.That(Faults((key, value)), Is.Empty);

    [Test]
    public void Start_ServerOfItsOwn_NeedsNoKey() => Assert.That(Faults((Key, ""), ("OPENAI_BASE_URL", "http://localhost:11434/v1")), Is.Empty);

    [Test]
    public void Start_EffortThatAnOverrideAllows_IsFine() =>
        Assert.That(
            Faults(
                ("DiscordIntel:Models:Catalog:0:Id", "gpt-6-luna"),
                ("DiscordIntel:Models:Catalog:0:ReasoningEfforts:0", "minimal"),
                ("DiscordIntel:Generation:ReasoningEffort", "minimal")),
            Is.Empty);

    private static string[] Faults(params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { [Key] = "sk-good" };
        foreach ((string key, string? value) in settings)
        {
            all[key] = value;
        }

        using BaseContainer container = BaseContainer.With(all);
        try
        {
            container.Services.GetRequiredService<LiveOptions>();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
    }
}
