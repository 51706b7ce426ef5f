using DiscordIntel.Analysis;

namespace DiscordIntel.Tests.Analysis;

/// <summary>Keeps what it is told, in the order of the telling. It takes no lock of its own: the client tells one thing at a time.</summary>
internal sealed class Told(List<AnalysisProgress> told) : IProgress<AnalysisProgress>
{
    public void Report(AnalysisProgress value) => told.Add(value);
}
