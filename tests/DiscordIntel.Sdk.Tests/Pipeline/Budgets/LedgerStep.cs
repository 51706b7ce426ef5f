using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal enum StepKind
{
    Reserve,
    Replay,
    Settle,
    Release,
    Wait,
    ChangeLimit,
    Forfeit,
    Read,
}

/// <summary>One command. What its numbers mean depends on the kind; any numbers are lawful.</summary>
internal sealed record LedgerStep(StepKind Kind, int First, int Second);

/// <param name="UpperBounds">Every cost is at most its reservation, as with an estimator that is an upper bound.</param>
/// <param name="Watched">All balances are read after every command, which also sweeps; otherwise expired reservations wait for a reservation.</param>
/// <param name="Steps">The commands.</param>
internal sealed record LedgerSequence(bool UpperBounds, bool Watched, LedgerStep[] Steps)
{
    private static readonly Gen<LedgerStep> Step =
        from kind in Gen.Frequency(
            (8, Gen.Constant(StepKind.Reserve)), (2, Gen.Constant(StepKind.Replay)), (6, Gen.Constant(StepKind.Settle)), (2, Gen.Constant(StepKind.Release)),
            (4, Gen.Constant(StepKind.Wait)), (1, Gen.Constant(StepKind.ChangeLimit)), (1, Gen.Constant(StepKind.Forfeit)), (1, Gen.Constant(StepKind.Read)))
        from first in Gen.Choose(0, 999)
        from second in Gen.Choose(0, 999)
        select new LedgerStep(kind, first, second);

    public static Arbitrary<LedgerSequence> Any { get; } = Arb.ToArbitrary(
        from upperBounds in Gen.Elements(true, false)
        from watched in Gen.Elements(true, false)
        from count in Gen.Choose(1, 60)
        from steps in Step.ArrayOf(count)
        select new LedgerSequence(upperBounds, watched, steps),
        Shorter);

    public override string ToString() => $"upper bounds {UpperBounds}, watched {Watched}: {string.Join("; ", Steps.Select(step => $"{step.Kind} {step.First} {step.Second}"))}";

    private static IEnumerable<LedgerSequence> Shorter(LedgerSequence sequence)
    {
        for (int length = sequence.Steps.Length / 2; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= sequence.Steps.Length; start += length)
            {
                yield return sequence with { Steps = [.. sequence.Steps[..start], .. sequence.Steps[(start + length)..]] };
            }
        }
    }
}
