using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DiscordIntel.Configuration;

/// <summary>
/// The options in force. They follow the configuration; a change that does not validate is logged and the last good options stay.
/// (<see cref="IOptionsMonitor{T}"/> would throw from the reload callback and then from every call.)
/// </summary>
internal sealed class LiveOptions : IDisposable
{
    private readonly IOptionsFactory<DiscordIntelOptions> _factory;
    private readonly ILogger<LiveOptions> _logger;
    private readonly List<IDisposable> _watches = [];
    private readonly Lock _reloading = new();
    private volatile DiscordIntelOptions _current;

    public LiveOptions(
        IOptionsFactory<DiscordIntelOptions> factory,
        ConfigurationBinding configuration,
        IEnumerable<IOptionsChangeTokenSource<DiscordIntelOptions>> hostSources,
        ILogger<LiveOptions> logger)
    {
        _factory = factory;
        _logger = logger;
        IChangeToken before = configuration.Source.GetReloadToken();
        _current = factory.Create(Options.DefaultName);
        _watches.Add(ChangeToken.OnChange(configuration.Source.GetReloadToken, Reload));
        foreach (IOptionsChangeTokenSource<DiscordIntelOptions> source in hostSources)
        {
            _watches.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
        }

        if (before.HasChanged)
        {
            Reload();
        }
    }

    /// <summary>The options in force: the same object until they change.</summary>
    public DiscordIntelOptions Current => _current;

    public void Dispose() => _watches.ForEach(watch => watch.Dispose());

    private void Reload()
    {
        // One at a time, or an older reading could replace a newer one.
        lock (_reloading)
        {
            try
            {
                _current = _factory.Create(Options.DefaultName);
                Log.OptionsReloaded(_logger);
            }
            catch (OptionsValidationException invalid)
            {
                Log.OptionsRejected(_logger, string.Join(" ", invalid.Failures), null);
            }
#pragma warning disable CA1031 // The host's own code (its configure action) may throw anything, and this runs inside the configuration's reload.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.OptionsRejected(_logger, "The code that sets them failed.", fault);
            }
        }
    }
}
