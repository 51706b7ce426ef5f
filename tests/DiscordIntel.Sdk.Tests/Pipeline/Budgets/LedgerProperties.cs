using DiscordIntel.Pipeline.Budgets;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>
/// Whatever commands come in whatever order, the ledger answers as the model does: nothing above a limit, all accounts or none, no false refusal, everything
/// once by its id, every month for itself, each alert once.
/// </summary>
internal sealed class LedgerProperties
{
    private static readonly string[] MustHappen =
    [
        .. Enum.GetNames<StepKind>(), "held", "refused", "replays", "forfeits", "late ends", "months", "alerts of 50 %", "alerts of 80 %", "alerts of 100 %",
    ];

    [Test]
    public void Commands_AnySequence_AreAnsweredAsTheModelDoes() => Check(1_000);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    public void Commands_ManySequences_AreAnsweredAsTheModelDoes() => Check(20_000);

    private static void Check(int sequences)
    {
        int run = 0;
        Dictionary<string, int> seen = [];
        Prop.ForAll(LedgerSequence.Any, sequence =>
        {
            var one = new LedgerRun(sequence);
            one.RunAsync().GetAwaiter().GetResult();
            run++;
            foreach ((string what, int times) in one.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + times;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(sequences));
        TestContext.Out.WriteLine($"{run} sequences: {string.Join(", ", seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run, Is.EqualTo(sequences));
            Assert.That(MustHappen.Where(what => seen.GetValueOrDefault(what) < sequences / 10), Is.Empty, "what hardly ever happened");
        }
    }
}
