using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DiscordIntel.Configuration;

/// <summary>The flat names (<c>OPENAI_API_KEY</c> ...) that many bots already have in their environment, and the options they stand for.</summary>
internal static class FlatVariables
{
    public static void Apply(IConfiguration configuration, DiscordIntelOptions options)
    {
        var faults = new List<string>();
        Read("OPENAI_API_KEY", value => options.OpenAI.ApiKey = value);
        Read("OPENAI_BASE_URL", value => options.OpenAI.BaseUrl = value);
        Read("OPENAI_MAX_TOKENS", value =>
        {
            if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int tokens))
            {
                options.Generation.MaxOutputTokens = tokens;
            }
            else
            {
                faults.Add($"OPENAI_MAX_TOKENS is '{value}'. Set a whole number from 1 up, or remove the variable.");
            }
        });
        Read("OPENAI_TEMPERATURE", value =>
        {
            if (float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float temperature))
            {
                options.Generation.Temperature = temperature;
            }
            else
            {
                faults.Add($"OPENAI_TEMPERATURE is '{value}'. Set a number from 0 to 2 with a decimal point, or remove the variable.");
            }
        });
        Flag("ENABLE_OPENAI_STRUCTURED_OUTPUTS", on => options.Features.StructuredOutputs = on);
        Flag("ENABLE_OPENAI_STREAMING", on => options.Features.Streaming = on);
        Flag("OPENAI_CACHE_ENABLED", on => options.Cache.Enabled = on);
        Read("OPENAI_MAX_MONTHLY_COST", value =>
        {
            if (IsNone(value))
            {
                options.Budget.MonthlyLimitUsd = null;
            }
            // No separators of thousands: '1,5' is not 15.
            else if (decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd))
            {
                options.Budget.MonthlyLimitUsd = usd;
            }
            else
            {
                faults.Add($"OPENAI_MAX_MONTHLY_COST is '{value}'. Set US dollars a month with a decimal point, or none for no limit, or remove the variable.");
            }
        });
        Read("OPENAI_RATE_LIMIT_PER_MINUTE", value =>
        {
            if (IsNone(value))
            {
                options.Limits.RequestsPerMinute = null;
            }
            else if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int calls))
            {
                options.Limits.RequestsPerMinute = calls;
            }
            else
            {
                faults.Add($"OPENAI_RATE_LIMIT_PER_MINUTE is '{value}'. Set a whole number from 1 up, or none for no limit, or remove the variable.");
            }
        });

        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(DiscordIntelOptions), faults);
        }

        static bool IsNone(string value) => string.Equals(value, "none", StringComparison.OrdinalIgnoreCase);

        void Read(string name, Action<string> set)
        {
            if (configuration[name] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                set(value.Trim());
            }
        }

        void Flag(string name, Action<bool> set) => Read(name, value =>
        {
            switch (value.ToUpperInvariant())
            {
                case "TRUE" or "1" or "YES" or "ON":
                    set(true);
                    break;
                case "FALSE" or "0" or "NO" or "OFF":
                    set(false);
                    break;
                default:
                    faults.Add($"{name} is '{value}'. Set true or false, or remove the variable.");
                    break;
            }
        });
    }
}
