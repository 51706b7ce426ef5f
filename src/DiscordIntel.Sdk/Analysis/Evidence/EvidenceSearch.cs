using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Functions;
using DiscordIntel.Pipeline;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>Looks claims up in the host's source. Whatever it does is a value here; the caller's cancellation goes through.</summary>
internal sealed class EvidenceSearch(IEvidenceSource source, IntelScope scope, RunTime run, TimeProvider time)
{
    public const int MostPassages = 5;
    public const int LongestPassage = 2_000;
    private const int LongestTitle = 200;
    private string? _fault;
    private bool _hangs;
    private int _failed;

    /// <summary>What went wrong, in sentences.</summary>
    public IEnumerable<string> Warnings => _fault is null
        ? []
        : [$"The source of evidence failed for {_failed} {(_failed == 1 ? "claim" : "claims")} ({_fault}): what it could not look up is unverified."];

    /// <summary>The passages for a claim that can be shown to the model, and how many had to be left out.</summary>
    public async Task<(IReadOnlyList<EvidencePassage> Passages, int LeftOut)> FindAsync(string claim, CancellationToken cancellationToken)
    {
        // Where it did not come back once, it is not waited for twenty times.
        (EvidencePassage[]? found, Exception? fault) = Volatile.Read(ref _hangs) ? (null, new TimeoutException()) : await HostCode.TryAsync(
            static (state, token) => AskAsync(state.source, state.claim, state.scope, token), (source, claim, scope), run.AtMost(HostCode.Patience), time, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            Volatile.Write(ref _hangs, _hangs || fault is TimeoutException);
            Interlocked.Increment(ref _failed);

            // Its message may hold anything.
            Interlocked.CompareExchange(ref _fault, fault.GetType().Name, null);
        }

        EvidencePassage[] harmless = [.. (found ?? []).Where(passage => InjectionScan.Warnings($"{passage.Title}\n{passage.Text}").Count == 0)];
        return (harmless, (found?.Length ?? 0) - harmless.Length);
    }

    // Code that blocks its thread shall not block the analysis, and a list of its own making is read here, too.
    private static async ValueTask<EvidencePassage[]> AskAsync(IEvidenceSource source, string claim, IntelScope scope, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        IReadOnlyList<EvidencePassage>? found = await source.FindAsync(claim, scope, cancellationToken).ConfigureAwait(false);
        return [.. (found ?? []).Where(passage => passage?.Title is not null && !string.IsNullOrWhiteSpace(passage.Text)).Take(MostPassages).Select(Short)];
    }

    private static EvidencePassage Short(EvidencePassage passage) =>
        passage with { Title = Short(passage.Title, LongestTitle), Text = Short(passage.Text, LongestPassage) };

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0))];
}
