using System.Text;
using DiscordIntel.Pipeline.Limits;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class GcraLimiterProperties
{
    // A step: wait (in ticks, or -1: as long as the last refusal said, -2: a tick less), then call as user of tenant.
    private static readonly Gen<(long Wait, int Tenant, int User)> Step =
        from wait in Gen.Frequency(
            (6, Gen.Constant(0L)),
            (3, Gen.Choose(1, 20_000_000).Select(ticks => (long)ticks)),
            (2, Gen.Choose(1, 120).Select(seconds => seconds * TimeSpan.TicksPerSecond)),
            (1, Gen.Choose(1, 15).Select(minutes => minutes * TimeSpan.TicksPerMinute)),
            (2, Gen.Constant(-1L)),
            (2, Gen.Constant(-2L)))
        from tenant in Gen.Choose(0, 2)
        from user in Gen.Choose(0, 2)
        select (wait, tenant, user);

    private static readonly Gen<int?> Limit = Gen.Frequency(
        (1, Gen.Constant((int?)null)), (4, Gen.Choose(1, 12).Select(n => (int?)n)), (1, Gen.Choose(1, 1_000_000).Select(n => (int?)n)));

    private static readonly Gen<RateLimits> Limits = from bot in Limit from tenant in Limit from user in Limit select new RateLimits(bot, tenant, user);

    private static readonly Gen<(long Wait, int Tenant, int User)[]> Steps = Step.ListOf(60).Select(list => list.ToArray());

    /// <summary>
    /// The rule in its plainest form, over the log of a key: from every admitted call to this one, both counted, there are no more than N and what the time between
    /// pays for.
    /// </summary>
    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property TryAcquire_AnyHistory_IsTheWindowRuleOnEveryKeyAndNothingElse() => Prop.ForAll(
        (from limits in Limits from steps in Steps select (limits, steps)).ToArbitrary(),
        sample =>
        {
            var run = new Run();
            var log = new Dictionary<LimitKey, List<long>>();
            foreach ((long wait, int tenant, int user) in sample.steps)
            {
                long now = run.Wait(wait);
                IntelScope scope = Scope(tenant, user);
                (LimitKey Key, int N)[] lines = Lines(scope, sample.limits);
                long expected = lines.Select(line => LongestWait(log.GetValueOrDefault(line.Key, []), line.N, now)).DefaultIfEmpty(0).Max();

                Assert.That(run.Call(scope, sample.limits), Is.EqualTo(expected));
                if (expected == 0)
                {
                    foreach ((LimitKey key, _) in lines)
                    {
                        (log.TryGetValue(key, out List<long>? times) ? times : log[key] = []).Add(now);
                    }
                }
            }
        });

    /// <summary>A bucket a key that fills by a call's share and runs out with time, under limits that change with every call.</summary>
    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property TryAcquire_LimitsThatChange_EqualsALeakyBucketAKey() => Prop.ForAll(
        (from steps in Steps from limits in Limits.ListOf(60) select (steps, limits)).ToArbitrary(),
        sample =>
        {
            var run = new Run();
            var buckets = new Dictionary<LimitKey, (long Level, long At)>();
            foreach (((long wait, int tenant, int user), RateLimits limits) in sample.steps.Zip(sample.limits))
            {
                long now = run.Wait(wait);
                IntelScope scope = Scope(tenant, user);
                var filled = new Dictionary<LimitKey, (long, long)>();
                long expected = 0;
                foreach ((LimitKey key, int n) in Lines(scope, limits))
                {
                    (long level, long at) = buckets.GetValueOrDefault(key);
                    level = Math.Max(0, level - (now - at)) + Interval(n);
                    filled[key] = (level, now);
                    expected = Math.Max(expected, level - (n * Interval(n)));
                }

                Assert.That(run.Call(scope, limits), Is.EqualTo(expected));
                foreach ((LimitKey key, (long, long) bucket) in expected == 0 ? filled : [])
                {
                    buckets[key] = bucket;
                }
            }
        });

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property TryAcquire_Refused_GoesAfterExactlyTheTimeToldAndNotATickEarlier() => Prop.ForAll(
        (from limits in Limits from steps in Steps select (limits, steps)).ToArbitrary(),
        sample =>
        {
            var run = new Run();
            foreach ((long wait, int tenant, int user) in sample.steps)
            {
                run.Wait(wait);
                long told = run.Call(Scope(tenant, user), sample.limits);
                if (told > 0)
                {
                    run.Wait(told - 1);
                    Assert.That(run.Call(Scope(tenant, user), sample.limits), Is.EqualTo(1));
                    run.Wait(1);
                    Assert.That(run.Call(Scope(tenant, user), sample.limits), Is.Zero);
                }
            }
        });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property TryAcquire_Hammered_LetsNoWindowPassMoreThanTheBurstAndTheRate() => Prop.ForAll(
        (from n in Gen.Choose(1, 30) from waits in Gen.Choose(1, 40_000_000).ListOf(400) select (n, waits)).ToArbitrary(),
        sample =>
        {
            var run = new Run();
            List<long> admitted = [];
            foreach (int wait in sample.waits)
            {
                long now = run.Wait(wait);
                if (run.Call(Scope(0, 0), new(sample.n, null, null)) == 0)
                {
                    admitted.Add(now);
                }
            }

            for (int i = 0; i < admitted.Count; i++)
            {
                int inAMinute = admitted.Skip(i).TakeWhile(at => at - admitted[i] <= TimeSpan.TicksPerMinute).Count();
                Assert.That(inAMinute, Is.LessThanOrEqualTo(2 * sample.n), "the burst, and one for every share of the minute");
                for (int j = i; j < admitted.Count; j++)
                {
                    Assert.That((long)(j - i + 1 - sample.n) * TimeSpan.TicksPerMinute, Is.LessThanOrEqualTo((admitted[j] - admitted[i]) * sample.n));
                }
            }
        });

    [Test]
    public void TryAcquire_AThousandPairsOfLookAlikes_ShareNothing()
    {
        (IntelScope One, IntelScope Other)[] pairs = [.. LookAlikes().Take(1000)];
        Assert.That(pairs, Has.Length.EqualTo(1000));
        foreach ((IntelScope one, IntelScope other) in pairs)
        {
            bool sameTenant = string.Equals(one.Tenant, other.Tenant, StringComparison.Ordinal);
            foreach (RateLimits limits in new RateLimits[] { new(null, null, 1), sameTenant ? new(null, 2, 1) : new(null, 1, 1), sameTenant ? new(2, 2, 1) : new(2, 1, 1) })
            {
                var limiter = new GcraLimiter(new LimitClock());
                Assert.That(limiter.TryAcquire(one, limits), Is.Null);
                Assert.That(limiter.TryAcquire(other, limits), Is.Null, $"{Show(one)} and {Show(other)}");
                Assert.That(limiter.TryAcquire(one, limits), Is.Not.Null);
                Assert.That(limiter.TryAcquire(other, limits), Is.Not.Null);
            }
        }
    }

    [Test]
    public void TryAcquire_TenantAndUserOfOneName_ShareNothing()
    {
        var limiter = new GcraLimiter(new LimitClock());
        Assert.That(limiter.TryAcquire([new(new(LimitLevel.Tenant, "a", null), 1)]), Is.Null);
        Assert.That(limiter.TryAcquire([new(new(LimitLevel.User, "a", null), 1)]), Is.Null);
        Assert.That(limiter.TryAcquire([new(new(LimitLevel.User, "a", "a"), 1)]), Is.Null);
        Assert.That(limiter.TryAcquire([new(LimitKey.Bot, 1)]), Is.Null);
    }

    /// <summary>Scopes that a joined, cleaned, folded, trimmed, normalised or re-encoded key would take for one another.</summary>
    private static IEnumerable<(IntelScope One, IntelScope Other)> LookAlikes()
    {
        string[] letters = ["a", "A", "b", ":", "_", "1", "\0", " ", "\u00e9", "e\u0301", "\u212b", "\ud800", "\ufffd", "\u0660"];
        Func<string, string>[] twins =
        [
            part => part.Replace(':', '_'), part => part.ToUpperInvariant(), part => part + " ", part => " " + part, part => part + "\0",
            part => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(part)), part => part.Contains('\ud800', StringComparison.Ordinal) ? part : part.Normalize(),
        ];
        string[] words = [.. from a in letters from b in letters from c in letters let word = a + b + c where word.Trim(' ', '\0').Length > 1 select word];
        foreach (string word in words)
        {
            // One text, cut in two places; and a part beside its twin.
            for (int cut = 2; cut < word.Length; cut++)
            {
                if (TryPair(word[..1], word[1..], word[..cut], word[cut..]) is { } pair)
                {
                    yield return pair;
                }
            }

            Func<string, string> twin = twins[word.Sum(letter => letter) % twins.Length];
            foreach ((string tenant, string user) in new[] { (twin(word), word), (word, twin(word)), (twin(word), twin(word)) })
            {
                if (TryPair(word, word, tenant, user) is { } pair)
                {
                    yield return pair;
                }
            }
        }

        static (IntelScope, IntelScope)? TryPair(string tenant, string user, string otherTenant, string otherUser) =>
            new[] { tenant, user, otherTenant, otherUser }.Any(string.IsNullOrWhiteSpace)
            || (string.Equals(tenant, otherTenant, StringComparison.Ordinal) && string.Equals(user, otherUser, StringComparison.Ordinal))
                ? null
                : (new IntelScope(tenant, "w", user), new IntelScope(otherTenant, "w", otherUser));
    }

    private static string Show(IntelScope scope) =>
        string.Join(' ', $"{scope.Tenant}|{scope.User}".Select(letter => $"{(int)letter:x4}"));

    private static IntelScope Scope(int tenant, int user) => new($"t{tenant}", "w", $"u{user}");

    private static (LimitKey Key, int N)[] Lines(IntelScope scope, RateLimits limits) =>
    [
        .. limits.Bot is { } bot ? [(new LimitKey(LimitLevel.Bot, null, null), bot)] : Array.Empty<(LimitKey, int)>(),
        .. limits.Tenant is { } tenant ? [(new LimitKey(LimitLevel.Tenant, scope.Tenant, null), tenant)] : Array.Empty<(LimitKey, int)>(),
        .. limits.User is { } user ? [(new LimitKey(LimitLevel.User, scope.Tenant, scope.User), user)] : Array.Empty<(LimitKey, int)>(),
    ];

    private static long Interval(int n) => (long)decimal.Ceiling((decimal)TimeSpan.TicksPerMinute / n);

    private static long LongestWait(List<long> admitted, int n, long now) =>
        admitted.Select((at, i) => at + ((admitted.Count - i + 1 - n) * Interval(n)) - now).Append(0).Max();

    private sealed class Run
    {
        private readonly LimitClock _clock = new();
        private readonly GcraLimiter _limiter;
        private long _told;
        private long _now;

        public Run() => _limiter = new GcraLimiter(_clock);

        public long Wait(long ticks)
        {
            ticks = Math.Max(0, ticks switch { -1 => _told, -2 => _told - 1, _ => ticks });
            _clock.Advance(TimeSpan.FromTicks(ticks));
            return _now += ticks;
        }

        public long Call(IntelScope scope, RateLimits limits) => _told = _limiter.TryAcquire(scope, limits)?.RetryAfter.Ticks ?? 0;
    }
}
