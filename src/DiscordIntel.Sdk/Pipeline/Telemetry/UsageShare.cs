using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>The part that one user or one operation had.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct UsageShare
{
    public long Calls { get; private set; }

    public long NanoUsd { get; private set; }

    public void Add(long nanoUsd)
    {
        Calls++;
        NanoUsd += nanoUsd;
    }

    public void Add(UsageShare other)
    {
        Calls += other.Calls;
        NanoUsd += other.NanoUsd;
    }
}
