using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DiscordIntel.Configuration;

/// <summary>Fills the options from the container's configuration, or from the environment where the container has none.</summary>
internal sealed class ConfigurationBinding(IConfiguration? configuration) : IConfigureOptions<DiscordIntelOptions>
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
            throw new OptionsValidationException(
                Options.DefaultName, typeof(DiscordIntelOptions), [$"{fault.Message} Correct the value or remove the setting."]);
        }
    }
}
