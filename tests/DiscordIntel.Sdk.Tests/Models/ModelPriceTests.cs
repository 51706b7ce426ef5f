using DiscordIntel.Models;
using DiscordIntel.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Models;

#pragma warning disable NUnit1027 // FsCheck gives the arguments.

[TestFixture]
internal sealed class ModelPriceTests
{
    private static readonly ModelPrice Luna = new()
    {
        Input = 0.1m, CachedInput = 0.01m, CacheWrite = 0.125m, Output = 0.5m, LongContextAbove = 272_000, LongContextInputMultiplier = 2, LongContextOutputMultiplier = 1.5m,
    };

    // By hand: nano-dollars = tokens x (dollars per million) x 1000.
    [TestCase(0, 0, 0, 0, 0)]
    [TestCase(1, 0, 0, 0, 100)]
    [TestCase(0, 1, 0, 0, 500)]
    [TestCase(1_000, 200, 0, 0, 200_000)] // 1000x100 + 200x500
    [TestCase(1_000, 200, 600, 0, 146_000)] // 400x100 + 600x10 + 200x500
    [TestCase(1_000, 200, 600, 400, 156_000)] // 600x10 + 400x125 + 200x500
    [TestCase(272_000, 1_000, 0, 0, 27_700_000)] // at the border: 272000x100 + 1000x500
    [TestCase(272_001, 1_000, 0, 0, 55_150_200)] // above: 272001x200 + 1000x750
    [TestCase(300_000, 0, 100_000, 50_000, 44_500_000)] // (150000x100 + 100000x10 + 50000x125) x 2
    public void CostInNanoUsd_Luna_AsComputedByHand(long input, long output, long cached, long cacheWrite, long expected) =>
        Assert.That(Luna.CostInNanoUsd(input, output, cached, cacheWrite), Is.EqualTo(expected));

    [Test]
    public void CostInNanoUsd_FractionOfANano_IsRoundedUp()
    {
        ModelPrice price = new() { Input = 0.0001m, Output = 0.0003m };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(price.CostInNanoUsd(1, 0), Is.EqualTo(1));
            Assert.That(price.CostInNanoUsd(10, 0), Is.EqualTo(1));
            Assert.That(price.CostInNanoUsd(11, 0), Is.EqualTo(2));
            Assert.That(price.CostInNanoUsd(1, 1), Is.EqualTo(1), "rounded once, not per part");
        }
    }

    [Test]
    public void CostInNanoUsd_PriceUnknown_IsNullNeverZero()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new ModelPrice().CostInNanoUsd(1, 1), Is.Null);
            Assert.That(new ModelPrice { Input = 1 }.CostInNanoUsd(1, 1), Is.Null);
            Assert.That(new ModelPrice { Output = 1 }.CostInNanoUsd(1, 1), Is.Null);
            Assert.That(new ModelPrice().CostInNanoUsd(0, 0), Is.Null, "nothing of a model without a price is not free");
            Assert.That(new ModelPrice { Input = 1 }.CostInNanoUsd(1, 0), Is.EqualTo(1000), "a price that is not needed is not missed");
            Assert.That(new ModelPrice { Input = 0, Output = 0 }.CostInNanoUsd(5, 5), Is.Zero, "free is known");
        }
    }

    // By hand, in nano-dollars.
    [TestCase(100, 40, 50, 20, (60 * 100) + (40 * 10_000) + (30 * 500) + (20 * 20_000), TestName = "audio tokens at their own price")]
    [TestCase(100, 0, 50, 0, (100 * 100) + (50 * 500), TestName = "no audio")]
    [TestCase(10, 500, 0, 0, 10 * 10_000, TestName = "no more audio than input")]
    public void CostInNanoUsd_AudioTokens_AsComputedByHand(long input, long audioInput, long output, long audioOutput, long expected) =>
        Assert.That(
            (Luna with { AudioInput = 10, AudioOutput = 20 }).CostInNanoUsd(new BillableUsage { Input = input, AudioInput = audioInput, Output = output, AudioOutput = audioOutput }),
            Is.EqualTo(expected));

    [Test]
    public void CostInNanoUsd_MinutesAndCharacters_AsComputedByHand()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new ModelPrice { AudioMinute = 0.0045m }.CostInNanoUsd(new BillableUsage { AudioSeconds = 90 }), Is.EqualTo(6_750_000));
            Assert.That(new ModelPrice { AudioMinute = 0.0045m }.CostInNanoUsd(new BillableUsage { AudioSeconds = 0.01m }), Is.EqualTo(750));
            Assert.That(new ModelPrice { Characters = 15 }.CostInNanoUsd(new BillableUsage { Characters = 4096 }), Is.EqualTo(61_440_000));
            Assert.That(new ModelPrice { Characters = 15 }.CostInNanoUsd(new BillableUsage { AudioSeconds = 1 }), Is.Null, "billed by something of which no price is known");
        }
    }

    [TestCase(null, 600L)]
    [TestCase("default", 600L)]
    [TestCase("on_demand", 600L)]
    [TestCase("flex", 300L)]
    [TestCase("priority", 1200L)]
    public void CostInNanoUsd_ServiceTier_MultipliesTheWhole(string? tier, long expected) =>
        Assert.That((Luna with { FlexMultiplier = 0.5m, PriorityMultiplier = 2 }).CostInNanoUsd(new BillableUsage { Input = 1, Output = 1, ServiceTier = tier }), Is.EqualTo(expected));

    [Test]
    public void CostInNanoUsd_PriorityWithoutAPrice_IsNull() =>
        Assert.That(Luna.CostInNanoUsd(new BillableUsage { Input = 1, Output = 1, ServiceTier = "priority" }), Is.Null);

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Bills)])]
    public bool UpperBoundInNanoUsd_AnyCall_IsNeverBelowItsCost(Bill bill, NonNegativeInt written, bool priority)
    {
        ModelPrice price = bill.Price with { PriorityMultiplier = 2, FlexMultiplier = 0.5m };
        var usage = new BillableUsage
        {
            Input = bill.Input, Output = bill.Output, CachedInput = bill.Cached, CacheWrite = written.Get, ServiceTier = priority ? "priority" : "flex",
        };
        return price.UpperBoundInNanoUsd(bill.Input, bill.Output) >= price.CostInNanoUsd(usage);
    }

    [Test]
    public void UpperBoundInNanoUsd_PriceUnknown_IsNull()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new ModelPrice { Input = 1 }.UpperBoundInNanoUsd(1, 1), Is.Null);
            Assert.That(new ModelPrice { Output = 1 }.UpperBoundInNanoUsd(1, 1), Is.Null);
            Assert.That(Luna.UpperBoundInNanoUsd(1000, 100), Is.EqualTo((1000 * 125) + (100 * 500)), "nothing cached, all of it written to the cache");
        }
    }

    [TestCase("-0.1", null)]
    [TestCase("0", 0L)]
    [TestCase("0.0000000001", 1L)]
    [TestCase("1.5", 1_500_000_000L)]
    [TestCase("79228162514264337593543950335", null)]
    public void ToNanoUsd_Dollars_AreRoundedUpOrRefused(string usd, long? expected) =>
        Assert.That(ModelPrice.ToNanoUsd(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(expected));

    [Test]
    public void CostInNanoUsd_CacheRatesUnknown_CountAsPlainInput()
    {
        ModelPrice price = new() { Input = 2, Output = 4 };
        Assert.That(price.CostInNanoUsd(100, 1, cached: 50, cacheWrite: 20), Is.EqualTo(price.CostInNanoUsd(100, 1)));
    }

    [Test]
    public void CostInNanoUsd_MorePartsThanInput_CountsNoTokenTwice()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Luna.CostInNanoUsd(100, 0, cached: 500), Is.EqualTo(100 * 10));
            Assert.That(Luna.CostInNanoUsd(100, 0, cached: 60, cacheWrite: 500), Is.EqualTo((60 * 10) + (40 * 125)));
            Assert.That(Luna.CostInNanoUsd(100, 0, cached: -5, cacheWrite: -5), Is.EqualTo(100 * 100));
        }
    }

    [TestCase(-1, 5)]
    [TestCase(5, -1)]
    [TestCase(long.MaxValue, 0)]
    [TestCase(0, long.MaxValue)]
    [TestCase(long.MaxValue, long.MaxValue)]
    public void CostInNanoUsd_CountsThatCannotBe_IsNullAndNeverThrows(long input, long output) =>
        Assert.That(new ModelPrice { Input = 100_000m, Output = 100_000m }.CostInNanoUsd(input, output), Is.Null);

    [Test]
    public void ToUsd_Nano_IsExact() => Assert.That(ModelPrice.ToUsd(1_234_567_891), Is.EqualTo(1.234567891m));

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Bills)])]
    public bool CostInNanoUsd_AnyUsage_IsTheExactSumRoundedUp(Bill bill)
    {
        long cost = bill.Cost!.Value;
        return cost >= 0 && cost - bill.Exact is >= 0 and < 1;
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Bills)])]
    public bool CostInNanoUsd_CallSplitInTwo_CostsTheSameWithinANano(Bill a)
    {
        ModelPrice flat = a.Price with { LongContextAbove = null };
        long whole = flat.CostInNanoUsd(a.Input, a.Output, a.Cached)!.Value;
        long parts = flat.CostInNanoUsd(a.Cached, 0, a.Cached)!.Value + flat.CostInNanoUsd(a.Input - a.Cached, a.Output)!.Value;
        return parts - whole is 0 or 1;
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Bills)])]
    public bool CostInNanoUsd_MoreTokens_NeverCostLess(Bill a, PositiveInt more) =>
        a.Price.CostInNanoUsd(a.Input + more.Get, a.Output, a.Cached) >= a.Cost && a.Price.CostInNanoUsd(a.Input, a.Output + more.Get, a.Cached) >= a.Cost;

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Bills)])]
    public bool CostInNanoUsd_CachedShare_NeverCostsMoreThanFresh(Bill a) => a.Cost <= a.Price.CostInNanoUsd(a.Input, a.Output);

    public sealed record Bill(ModelPrice Price, long Input, long Output, long Cached)
    {
        internal long? Cost => Price.CostInNanoUsd(Input, Output, Cached);

        internal decimal Exact
        {
            get
            {
                bool isLong = Input > Price.LongContextAbove;
                decimal inputPart = ((Input - Cached) * Price.Input!.Value) + (Cached * Price.CachedInput!.Value);
                return 1000 * ((inputPart * (isLong ? 2m : 1m)) + (Output * Price.Output!.Value * (isLong ? 1.5m : 1m)));
            }
        }
    }

    public static class Bills
    {
        private static readonly Gen<decimal> Price = Gen.Choose(0, 60_000_000).Select(n => n / 1_000_000m);

        public static Arbitrary<Bill> Any() => (
            from input in Price
            from cachedShare in Gen.Choose(0, 100)
            from output in Price
            from tokens in Gen.Choose(0, 1_000_000)
            from answer in Gen.Choose(0, 128_000)
            from cached in Gen.Choose(0, 1_000_000)
            select new Bill(
                new ModelPrice
                {
                    Input = input, CachedInput = input * cachedShare / 100, Output = output,
                    LongContextAbove = 272_000, LongContextInputMultiplier = 2, LongContextOutputMultiplier = 1.5m,
                },
                tokens,
                answer,
                Math.Min(cached, tokens))).ToArbitrary();
    }
}
