using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Scopes that look alike, in pairs: what one of them spends, the other one still has.</summary>
internal sealed class LookAlikeBudgetTests
{
    private const int Pairs = 1_000;
    private const long Most = 2 * ((34 * 125) + (4_000 * 500));

    // Two spellings of a name, each in place of the {0}.
    private static readonly (string One, string Other)[] Spellings =
    [
        ("{0}:b", "{0}_b"), ("{0}:b", "{0}/b"), ("{0}|b", "{0}:b"), ("{0}a", "{0}A"), ("{0}", "{0} "), ("{0}", " {0}"), ("{0}", "0{0}"), ("{0}", "dm:{0}"), ("dm:{0}", "DM:{0}"),
        ("dm:{0}", "dm:{0} "), ("dm:{0}", "dm{0}"), ("{0}\u00e9", "{0}e\u0301"), ("{0}", "{0}\u200b"), ("{0}", "{0}\0"), ("{0}ß", "{0}ss"), ("{0}i", "{0}ı"), ("{0}\ud83d", "{0}\udc00"),
        ("{0}\ud800", "{0}\ufffd"), ("{0}1", "{0}１"), ("{0}", "{0}{0}"), ("{0}%3A", "{0}:"), ("{0}\t", "{0}\n"), ("1:{0}", "2:{0}"), ("{0}-", "{0}‐"),
    ];

    private static readonly string[] Differing = ["tenant", "workspace", "user", "tenant to workspace", "tenant to user"];

    [TestCase(BudgetLevel.Tenant)]
    [TestCase(BudgetLevel.Workspace)]
    [TestCase(BudgetLevel.User)]
    public async Task Budgets_ThousandPairsOfLookAlikes_ShareNone(BudgetLevel level)
    {
        decimal one = ModelPrice.ToUsd(Most);
        using RoadHost host = new(
            options =>
            {
                options.Budget.MonthlyLimitUsd = null;
                options.Budget.TenantMonthlyLimitUsd = level is BudgetLevel.Tenant ? one : null;
                options.Budget.WorkspaceMonthlyLimitUsd = level is BudgetLevel.Workspace ? one : null;
                options.Budget.UserMonthlyLimitUsd = level is BudgetLevel.User ? one : null;
            },
            RoadLedger.Register);
        IntelPipeline pipeline = host.Pipeline(new RoadChatClient(RoadChatClient.Says("Paris")));
        int run = 0;
        for (int number = 1; run < Pairs; number++)
        {
            (IntelScope a, IntelScope b) = PairOf(number);
            if (Parts(level, a) == Parts(level, b))
            {
                // By right: the pair differs below this level.
                continue;
            }

            run++;
            Assert.That(await AskAsync(a), Is.Null, $"{a} first");
            Assert.That(await AskAsync(a), Is.EqualTo(StepErrorKind.BudgetExceeded), $"{a} has spent its budget");
            Assert.That(await AskAsync(b), Is.Null, $"{b} pays for {a}");
            Assert.That(Account(level, a).Key, Is.Not.EqualTo(Account(level, b).Key));
        }

        await TestContext.Out.WriteLineAsync($"{run} pairs, each with a budget of its own per {level}");

        async Task<StepErrorKind?> AskAsync(IntelScope scope) =>
            (await pipeline.RunAsync(
                new ModelCall<string> { Operation = "text.complete", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) }, scope, CancellationToken.None))
            .Error?.Kind;
    }

    private static (IntelScope One, IntelScope Other) PairOf(int number)
    {
        (string one, string other) = Spellings[number % Spellings.Length];
        string name = number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "x";
        (string left, string right) = (Spelled(one, name), Spelled(other, name));
        return Differing[number % Differing.Length] switch
        {
            "tenant" => (new(left, "w", "u"), new(right, "w", "u")),
            "workspace" => (new("t" + name, left, "u"), new("t" + name, right, "u")),
            "user" => (new("t" + name, "w", left), new("t" + name, "w", right)),

            // The border between two parts moves.
            "tenant to workspace" => (new(left + ":", "w", "u"), new(left, ":w", "u")),
            _ => (new(left + "1", "w", "2"), new(left, "w", "12")),
        };
    }

    private static string Spelled(string spelling, string name) => spelling.Replace("{0}", name, StringComparison.Ordinal);

    private static (string, string) Parts(BudgetLevel level, IntelScope scope) => level switch
    {
        BudgetLevel.Tenant => (scope.Tenant, ""),
        BudgetLevel.Workspace => (scope.Tenant, scope.Workspace),
        _ => (scope.Tenant, scope.User),
    };

    private static BudgetAccount Account(BudgetLevel level, IntelScope scope) => level switch
    {
        BudgetLevel.Tenant => BudgetAccount.OfTenant(scope.Tenant),
        BudgetLevel.Workspace => BudgetAccount.OfWorkspace(scope),
        _ => BudgetAccount.OfUser(scope),
    };
}
