using DiscordIntel.Models;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DiscordIntel.Configuration;

/// <summary>Fills the options from the container's configuration, or from the environment where the container has none.</summary>
internal sealed class ConfigurationBinding(IConfiguration? configuration) : IConfigureOptions<DiscordIntelOptions>, IPostConfigureOptions<DiscordIntelOptions>
{
    public IConfiguration Source { get; } = configuration ?? new ConfigurationBuilder().AddEnvironmentVariables().Build();

    public void Configure(DiscordIntelOptions options)
    {
        FlatVariables.Apply(Source, options);
        try
        {
            Source.GetSection(DiscordIntelOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            // The binder's message names path and value: "Failed to convert configuration value 'x' at 'DiscordIntel:...' to type 'System.Int32'."
            throw new OptionsValidationException(Options.DefaultName, typeof(DiscordIntelOptions), [$"{fault.Message} {Fix(fault.Message)}"]);
        }
    }

    // A null (of a JSON file, or new options made in code) is "not said", and never "without limit".
    public void PostConfigure(string? name, DiscordIntelOptions options) => options.Generation = options.Generation.Over(GenerationOptions.Defaults);

    private static string Fix(string message)
    {
        (Type Type, string Form)[] forms =
        [
            (typeof(int), "a whole number"),
            (typeof(float), "a number with a decimal point"),
            (typeof(decimal), "a number with a decimal point"),
            (typeof(bool), "true or false"),
            (typeof(TimeSpan), "a duration such as 00:01:30"),
            (typeof(DateOnly), "a date such as 2027-01-14"),
            (typeof(TemperatureSupport), $"one of: {string.Join(", ", Enum.GetNames<TemperatureSupport>())}"),
            (typeof(ToolSupport), $"one of: {string.Join(", ", Enum.GetNames<ToolSupport>())}"),
            (typeof(OpenAIApi), $"one of: {string.Join(", ", Enum.GetNames<OpenAIApi>())}"),
            (typeof(StepErrorKind), $"as the name one of: {string.Join(", ", Enum.GetNames<StepErrorKind>())}"),
        ];
        string? form = Array.Find(forms, form => message.Contains($"'{form.Type.FullName}'", StringComparison.Ordinal)).Form;
        return form is null ? "Correct the value or remove the setting." : $"Remove the setting, or set {form}.";
    }
}
