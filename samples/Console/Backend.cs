using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The server that answers: the one that the environment names, else the emulator. The choice is this sample's; the SDK never makes it.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Backend(ServiceProvider services, bool isSynthetic) => (_services, IsSynthetic) = (services, isSynthetic);

    /// <summary>True when the emulator answers: nothing it says was read by a model.</summary>
    public bool IsSynthetic { get; }

    public DiscordIntelClient Client => _services.GetRequiredService<DiscordIntelClient>();

    public static Backend Open(Func<string, string?> environment, AnalyzeArguments arguments)
    {
        bool synthetic = new[] { "OPENAI_API_KEY", "OPENAI_BASE_URL", "DiscordIntel__OpenAI__ApiKey", "DiscordIntel__OpenAI__BaseUrl" }
            .All(name => string.IsNullOrWhiteSpace(environment(name)));
        if (arguments.Fault is not null && !synthetic)
        {
            throw new UsageException("--fault works on the emulator only. Unset OPENAI_API_KEY and OPENAI_BASE_URL.");
        }

        var services = new ServiceCollection();
        DiscordIntelBuilder intel = services.AddDiscordIntel(options => options.Analysis.PartTokens = arguments.PartTokens ?? options.Analysis.PartTokens);
        if (synthetic)
        {
            intel.UseEmulator(new OpenAIEmulator().Always(arguments.Fault is { } fault ? Faults.Named(fault) : null));
        }

        return new Backend(services.BuildServiceProvider(), synthetic);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
