using DiscordIntel.Results;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Results;

#pragma warning disable NUnit1027 // FsCheck gives the arguments.

[TestFixture]
internal sealed class StepReceiptTests
{
    [Test]
    public void Add_TwoAnswers_SumsAndTakesTheLaterNames()
    {
        StepReceipt first = new()
        {
            Provider = "p1", Model = "m1", Api = "a1", RequestId = "r1", InputTokens = 1, CachedInputTokens = 2, OutputTokens = 3, ReasoningTokens = 4,
            Cost = 0.1m, Attempts = 1, Elapsed = TimeSpan.FromSeconds(1), Adjustments = ["a", "b"], Warnings = ["w"],
        };
        StepReceipt second = new()
        {
            Provider = "p2", Model = "m2", Api = "a2", RequestId = "r2", InputTokens = 10, CachedInputTokens = 20, OutputTokens = 30, ReasoningTokens = 40,
            Cost = 0.2m, Attempts = 2, Elapsed = TimeSpan.FromSeconds(2), Adjustments = ["b", "c"], Warnings = ["w"], CostIsEstimated = true,
        };
        StepReceipt sum = first.Add(second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((sum.Provider, sum.Model, sum.Api, sum.RequestId), Is.EqualTo(("p2", "m2", "a2", "r2")));
            Assert.That((sum.InputTokens, sum.CachedInputTokens, sum.OutputTokens, sum.ReasoningTokens), Is.EqualTo((11L, 22L, 33L, 44L)));
            Assert.That((sum.Cost, sum.CostIsEstimated, sum.Attempts, sum.Elapsed), Is.EqualTo((0.3m, true, 3, TimeSpan.FromSeconds(3))));
            Assert.That(sum.Adjustments, Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(sum.Warnings, Is.EqualTo(new[] { "w" }));
        }
    }

    [Test]
    public void Add_UnknownAndKnown_IsUnknownNeverLess([Values] bool unknownFirst)
    {
        StepReceipt known = new() { Attempts = 1, InputTokens = 1, CachedInputTokens = 1, OutputTokens = 1, ReasoningTokens = 1, Cost = 1 };
        StepReceipt unknown = new() { Attempts = 1 };
        StepReceipt sum = unknownFirst ? unknown.Add(known) : known.Add(unknown);
        Assert.That(
            (sum.InputTokens, sum.CachedInputTokens, sum.OutputTokens, sum.ReasoningTokens, sum.Cost),
            Is.EqualTo(((long?)null, (long?)null, (long?)null, (long?)null, (decimal?)null)));
    }

    [Test]
    public void Add_StepWithoutAttempts_IsNeutralButForTimeAndNotes([Values] bool first)
    {
        StepReceipt answered = new() { Provider = "p", Model = "m", RequestId = "r", Attempts = 1, InputTokens = 1, Cost = 1, Elapsed = TimeSpan.FromSeconds(1), Warnings = ["x"] };
        StepReceipt local = new() { Elapsed = TimeSpan.FromSeconds(2), Warnings = ["y"], Adjustments = ["z"] };
        StepReceipt sum = first ? local.Add(answered) : answered.Add(local);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((sum.Provider, sum.Model, sum.RequestId, sum.Attempts, sum.InputTokens, sum.Cost), Is.EqualTo(("p", "m", "r", 1, (long?)1, (decimal?)1)));
            Assert.That(sum.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(sum.Warnings, Is.EquivalentTo(new[] { "x", "y" }));
            Assert.That(sum.Adjustments, Is.EqualTo(new[] { "z" }));
        }
    }

    [Test]
    public void Add_LaterWithoutNames_KeepsTheEarlierOnes()
    {
        StepReceipt sum = new StepReceipt { Provider = "p", Model = "m", RequestId = "r", Attempts = 1 }.Add(new StepReceipt { Attempts = 1 });
        Assert.That((sum.Provider, sum.Model, sum.RequestId), Is.EqualTo(("p", "m", "r")));
    }

    [Test]
    public void Add_Null_Throws() => Assert.That(() => StepReceipt.None.Add(null!), Throws.ArgumentNullException);

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Receipts)])]
    public bool Add_AnyThree_IsAssociative(StepReceipt a, StepReceipt b, StepReceipt c) => Same(a.Add(b).Add(c), a.Add(b.Add(c)));

    [FsCheck.NUnit.Property(MaxTest = 200, Arbitrary = [typeof(Receipts)])]
    public bool Add_None_ChangesNothing(StepReceipt a) => Same(a.Add(StepReceipt.None), a) && Same(StepReceipt.None.Add(a), a);

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Receipts)])]
    public bool Add_AnyList_IsFromTheCacheWhenNothingWasSentAndSomethingCameOutOfIt(StepReceipt[] receipts)
    {
        StepReceipt sum = receipts.Aggregate(StepReceipt.None, (sum, next) => sum.Add(next));
        StepReceipt[] sent = [.. receipts.Where(receipt => receipt.Attempts > 0)];
        bool anyCached = receipts.Any(receipt => receipt.FromCache);
        return sum.FromCache == (sent.Length == 0 && anyCached)
            && sum.Attempts == sent.Sum(receipt => receipt.Attempts)
            && sum.Cost == (sent.Length > 0 ? Sum(sent.Select(receipt => receipt.Cost)) : anyCached ? 0 : null)
            && sum.InputTokens == (long?)(sent.Length > 0 ? Sum(sent.Select(receipt => (decimal?)receipt.InputTokens)) : anyCached ? 0 : null)
            && sum.CostIsEstimated == sent.Any(receipt => receipt.CostIsEstimated)
            && sum.Elapsed == TimeSpan.FromTicks(receipts.Sum(receipt => receipt.Elapsed.Ticks));
    }

    // Unknown as soon as a part is.
    private static decimal? Sum(IEnumerable<decimal?> parts) => parts.Aggregate((decimal?)0, (sum, next) => sum + next);

    private static bool Same(StepReceipt a, StepReceipt b) =>
        a with { Adjustments = [], Warnings = [] } == b with { Adjustments = [], Warnings = [] }
        && a.Adjustments.SequenceEqual(b.Adjustments) && a.Warnings.SequenceEqual(b.Warnings);

    public static class Receipts
    {
        private static readonly Gen<long?> Tokens = Gen.Choose(-1, 1000).Select(n => n < 0 ? null : (long?)n);
        private static readonly Gen<string[]> Notes = Gen.Elements("a", "b", "c").ListOf().Select(notes => notes.Distinct().ToArray());

        public static Arbitrary<StepReceipt> Receipt() => (
            from attempts in Gen.Choose(0, 3)
            from input in Tokens
            from output in Tokens
            from cost in Tokens
            from name in Gen.Elements("x", "y", null)
            from estimated in Gen.Elements(true, false)
            from seconds in Gen.Choose(0, 100)
            from notes in Notes
            from warnings in Notes
            from cached in Gen.Elements(true, false)
            select attempts == 0 && cached
                ? new StepReceipt
                {
                    FromCache = true, Model = name, InputTokens = 0, CachedInputTokens = 0, OutputTokens = 0, ReasoningTokens = 0, Cost = 0,
                    Elapsed = TimeSpan.FromSeconds(seconds), Adjustments = notes, Warnings = warnings,
                }
                : attempts == 0
                ? new StepReceipt { Elapsed = TimeSpan.FromSeconds(seconds), Adjustments = notes, Warnings = warnings }
                : new StepReceipt
                {
                    Attempts = attempts, Provider = name, Model = name, RequestId = name, InputTokens = input, CachedInputTokens = output, OutputTokens = output,
                    ReasoningTokens = input, Cost = cost / 1000m, CostIsEstimated = estimated, Elapsed = TimeSpan.FromSeconds(seconds),
                    Adjustments = notes, Warnings = warnings,
                }).ToArbitrary();
    }
}
