using DiscordIntel.Results;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>Scopes that look alike, or give the same text when their parts are joined or folded, share nothing.</summary>
internal sealed class LookAlikeScopeTests
{
    private static readonly (string What, Func<int, (IntelScope First, IntelScope Second)> Pair)[] Pairs =
    [
        ("a moved colon", i => (Of($"{i}:a", "b", "c"), Of($"{i}", "a:b", "c"))),
        ("a moved bar", i => (Of($"x|{i}", "y", "z"), Of("x", $"{i}|y", "z"))),
        ("case", i => (Of($"guild-{i}", "w", "u"), Of($"Guild-{i}", "w", "u"))),
        ("a blank at the end", i => (Of($"g{i}", "w", "u"), Of($"g{i} ", "w", "u"))),
        ("composed and decomposed", i => (Of($"\u00E9{i}", "w", "u"), Of($"e\u0301{i}", "w", "u"))),
        ("a zero-width space", i => (Of($"z{i}", "w", "u"), Of($"z\u200B{i}", "w", "u"))),
        ("digits of another script", i => (Of($"{i}", "w", "u"), Of(string.Concat($"{i}".Select(digit => (char)(digit - '0' + '\u0660'))), "w", "u"))),
        ("half a surrogate pair and another", i => (Of($"s{i}\uD800", "w", "u"), Of($"s{i}\uD801", "w", "u"))),
        ("swapped parts", i => (Of($"p{i}", "q", "u"), Of("q", $"p{i}", "u"))),
        ("a server and a direct message", i => (IntelScope.Guild((ulong)(1000 + i), 1, 1), IntelScope.DirectMessage((ulong)(1000 + i)))),
    ];

    private const int Rounds = 100;

    [Test]
    public async Task AThousandPairs_ShareNoAnswer()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", null));
        int shared = 0;
        await EachAsync(async (what, first, second) =>
        {
            // The question is the pair's own: "swapped parts" and its like meet the same tenant in many pairs.
            string question = $"{what} {first.Tenant} {second.Tenant}";
            Assert.That((await host.RuleAsync(question, first)).Receipt.FromCache, Is.False, what);
            shared += (await host.RuleAsync(question, second)).Receipt.FromCache ? 1 : 0;
            Assert.That((await host.RuleAsync(question, first)).Receipt.FromCache, Is.True, what);
        });
        Assert.That((shared, host.Sent), Is.EqualTo((0, 2 * Pairs.Length * Rounds)));
    }

    [Test]
    public async Task AThousandPairs_ShareNoLimitOfATenant()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", null), ("DiscordIntel:Limits:TenantRequestsPerMinute", "1"), ("OPENAI_CACHE_ENABLED", "0"));
        await LimitsAsync(host);
    }

    [Test]
    public async Task AThousandPairs_ShareNoLimitOfAUser()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", null), ("DiscordIntel:Limits:UserRequestsPerMinute", "1"), ("OPENAI_CACHE_ENABLED", "0"));
        await LimitsAsync(host);
    }

    [Test]
    public async Task AThousandPairs_ShareNoUsage()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", null));
        await EachAsync(async (what, first, second) =>
        {
            UsageReport before = await host.ReportAsync(second.Tenant);
            await host.RuleAsync(what, first);
            Assert.That(await host.ReportAsync(second.Tenant), Is.EqualTo(before).Using<UsageReport>((a, b) => (a.Calls, a.Spent) == (b.Calls, b.Spent)), what);
        });
    }

    private static async Task LimitsAsync(CallHost host) => await EachAsync(async (what, first, second) =>
    {
        // A pair's scopes are new, or their minute has passed.
        host.Time.Advance(TimeSpan.FromMinutes(1));
        StepErrorKind? once = (await host.RuleAsync(scope: first)).Error?.Kind;
        StepErrorKind? other = (await host.RuleAsync(scope: second)).Error?.Kind;
        StepErrorKind? twice = (await host.RuleAsync(scope: first)).Error?.Kind;
        Assert.That((once, other, twice), Is.EqualTo(((StepErrorKind?)null, (StepErrorKind?)null, (StepErrorKind?)StepErrorKind.RateLimited)), what);
    });

    private static async Task EachAsync(Func<string, IntelScope, IntelScope, Task> test)
    {
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((string what, Func<int, (IntelScope First, IntelScope Second)> pair) in Pairs)
            {
                (IntelScope first, IntelScope second) = pair(round);
                Assert.That(first, Is.Not.EqualTo(second), what);
                await test(what, first, second);
            }
        }
    }

    private static IntelScope Of(string tenant, string workspace, string user) => new(tenant, workspace, user);
}
