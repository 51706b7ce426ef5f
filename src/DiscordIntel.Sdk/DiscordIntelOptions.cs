using DiscordIntel.Analysis;
using DiscordIntel.Configuration;
using DiscordIntel.Functions;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Tenants;

namespace DiscordIntel;

/// <summary>
/// Everything that can be set, one small object per part. Code (<c>AddDiscordIntel(options => ...)</c>) beats the section
/// <c>DiscordIntel</c>, which beats the flat environment variables (<c>OPENAI_API_KEY</c> ...), which beat the defaults.
/// Changes of the configuration take effect with the next call; a change that does not validate is logged and left aside.
/// </summary>
public sealed class DiscordIntelOptions
{
    /// <summary>The section of the configuration that is read: <c>DiscordIntel</c>.</summary>
    public const string SectionName = "DiscordIntel";

    /// <summary>How long texts are analysed.</summary>
    public AnalysisOptions Analysis { get; set; } = new();

    /// <summary>What may be spent in a month.</summary>
    public BudgetOptions Budget { get; set; } = new();

    /// <summary>The cache of complete answers.</summary>
    public CacheOptions Cache { get; set; } = new();

    /// <summary>Which features are on.</summary>
    public FeatureOptions Features { get; set; } = new();

    /// <summary>How tools are called.</summary>
    public FunctionOptions Functions { get; set; } = new();

    /// <summary>How models answer when a request says nothing of its own.</summary>
    public GenerationOptions Generation { get; set; } = GenerationOptions.Defaults;

    /// <summary>How many calls a minute may be made.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Which model serves which role, and corrections to the catalogue.</summary>
    public ModelOptions Models { get; set; } = new();

    /// <summary>The OpenAI-compatible server that answers.</summary>
    public OpenAIOptions OpenAI { get; set; } = new();

    /// <summary>What protects the users' identity towards the provider.</summary>
    public PrivacyOptions Privacy { get; set; } = new();

    /// <summary>Retries, waiting and timeouts.</summary>
    public ResilienceOptions Resilience { get; set; } = new();

    /// <summary>How the policies of tenants are kept.</summary>
    public TenantOptions Tenants { get; set; } = new();

    /// <summary>
    /// Sentences for Discord in place of the English ones, by kind, such as
    /// <c>DiscordIntel:UserMessages:RateLimited = "Zu viele Anfragen, bitte gleich noch einmal."</c>.
    /// </summary>
    public IDictionary<StepErrorKind, string> UserMessages { get; } = new Dictionary<StepErrorKind, string>();
}
