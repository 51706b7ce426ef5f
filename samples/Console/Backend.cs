using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The server that answers: the one that the environment names, else the emulator. The choice is this sample's; the SDK never makes it.</summary>
internal sealed class Backend : IAsyncDisposable
{
    public const string SyntheticNote =
        "No OPENAI_API_KEY or OPENAI_BASE_URL is set: the built-in emulator answers. It invents scores and findings; no model reads the text.";

    private readonly ServiceProvider _services;

    private Backend(ServiceProvider services, bool isSynthetic) => (_services, IsSynthetic) = (services, isSynthetic);

    /// <summary>True when the emulator answers: nothing it says was read by a model.</summary>
    public bool IsSynthetic { get; }

    public DiscordIntelClient Client => _services.GetRequiredService<DiscordIntelClient>();

    /// <summary>The settings in force.</summary>
    public DiscordIntelOptions Options => _services.GetRequiredService<IOptions<DiscordIntelOptions>>().Value;

    /// <param name="environment">The variables that choose the server.</param>
    /// <param name="configure">What the command line says over the settings.</param>
    /// <param name="fault">A fault for the emulator to play.</param>
    /// <param name="alerts">Hears of the budget.</param>
    /// <param name="build">What is registered besides.</param>
    /// <param name="script">What the emulator answers first.</param>
    public static Backend Open(
        Func<string, string?> environment,
        Action<DiscordIntelOptions> configure,
        string? fault = null,
        IBudgetAlertSink? alerts = null,
        Action<DiscordIntelBuilder>? build = null,
        params ReadOnlySpan<EmulatorReply> script)
    {
        bool synthetic = new[] { "OPENAI_API_KEY", "OPENAI_BASE_URL", "DiscordIntel__OpenAI__ApiKey", "DiscordIntel__OpenAI__BaseUrl" }
            .All(name => string.IsNullOrWhiteSpace(environment(name)));
        if (fault is not null && !synthetic)
        {
            throw new UsageException("--fault works on the emulator only. Unset OPENAI_API_KEY and OPENAI_BASE_URL.");
        }

        var services = new ServiceCollection();
        DiscordIntelBuilder intel = services.AddDiscordIntel(configure);
        build?.Invoke(intel);
        if (alerts is not null)
        {
            services.AddSingleton(alerts);
        }

        if (synthetic)
        {
            intel.UseEmulator(new OpenAIEmulator().Enqueue(script).Always(fault is null ? null : Faults.Named(fault)));
        }

        return new Backend(services.BuildServiceProvider(), synthetic);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
