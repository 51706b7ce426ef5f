namespace DiscordIntel.Providers;

/// <summary>An answer that is not a reply, on its way from one of our clients up to the gateway.</summary>
#pragma warning disable CA1032, CA1064 // It carries a fault and never leaves the assembly.
internal sealed class ProviderException(ProviderFault fault) : Exception(fault.ToString())
#pragma warning restore CA1032, CA1064
{
    public ProviderFault Fault { get; } = fault;
}
