using System.Text;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>
/// Whatever a provider answers in whatever order, over retries and over calls, with room or without: each attempt is reserved once and ended once, and the
/// ledger, the receipts and the bill of a provider that charges for all that it was sent (but for what it refused) are the same to the nano-dollar.
/// </summary>
internal sealed class AttemptScriptProperties
{
    private const long Most = 2 * ((62 * 125) + (4_000 * 500));
    private const long Exact = (10 * 100) + (5 * 500);

    private static readonly Dictionary<string, (Action<RoadHandler> Answer, long Bill)> Answers = new()
    {
        ["answer"] = (road => road.Then(200, RoadAnswer.Saying("Paris")), Exact),
        ["own figure"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":0.001}""")), 1_000_000),
        ["own figure above the bound"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":0.0051}""")), 5_100_000),
        ["free"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":0}""")), 0),
        ["absurd figure"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":9.1e9}""")), Exact),
        ["no usage"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: null)), Most),
        ["half a usage"] = (road => road.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10}""")), Most),
        ["unknown model"] = (road => road.Then(200, RoadAnswer.Saying("Paris", model: "unheard-of")), Exact),
        ["cut off"] = (road => road.Then(200, RoadAnswer.Saying("Par", "length")), Exact),
        ["filtered"] = (road => road.Then(200, RoadAnswer.Saying("Par", "content_filter")), Exact),
        ["refusal"] = (road => road.Then(200, RoadAnswer.Chat("""{"role":"assistant","content":null,"refusal":"No."}""")), Exact),
        ["empty"] = (road => road.Then(200, RoadAnswer.Saying("")), Exact),
        ["no choice"] = (road => road.Then(200, """{"id":"1","object":"chat.completion","created":1,"model":"gpt-6-luna","choices":[]}"""), Most),
        ["no JSON"] = (road => road.Then(200, "<html>"), Most),
        ["error in a 200"] = (road => road.Then(200, RoadAnswer.Error("busy", "503")), Most),
        ["400"] = (road => road.Then(400, RoadAnswer.Error("No.")), 0),
        ["401"] = (road => road.Then(401, ""), 0),
        ["404"] = (road => road.Then(404, ""), 0),
        ["408"] = (road => road.Then(408, ""), 0),
        ["409"] = (road => road.Then(409, ""), 0),
        ["429"] = (road => road.Then(429, ""), 0),
        ["quota"] = (road => road.Then(429, RoadAnswer.Error("Pay.", "insufficient_quota")), 0),
        ["500"] = (road => road.Then(500, ""), Most),
        ["503"] = (road => road.Then(503, ""), Most),
        ["connection refused"] = (road => road.Then(new HttpRequestException(HttpRequestError.ConnectionError)), 0),
        ["no such host"] = (road => road.Then(new HttpRequestException(HttpRequestError.NameResolutionError)), 0),
        ["connection reset"] = (road => road.Then(new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset"))), Most),
        ["ended early"] = (road => road.Then(new HttpRequestException(HttpRequestError.ResponseEnded)), Most),
        ["reset in the body"] = (road => road.Then(() => RoadAnswer.Of(200, new StreamContent(new Broken()))), Most),
        ["timeout"] = (road => road.Then(new TaskCanceledException("too late")), Most),
        ["a fault of any kind"] = (road => road.Then(new InvalidTimeZoneException()), Most),
    };

    private static readonly Dictionary<string, int> Seen = [];

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Scripts)])]
    public bool Script_Any_IsBookedToTheNano(Script script)
    {
        RunAsync(script).GetAwaiter().GetResult();
        return true;
    }

    /// <summary>A property that never meets an answer says nothing of it.</summary>
    [OneTimeTearDown]
    public void EveryAnswer_WasMet() => Assert.That(Seen.Count == 0 ? [] : Answers.Keys.Except(Seen.Keys), Is.Empty);

    private static async Task RunAsync(Script script)
    {
        using var host = new RoadHost(
            options =>
            {
                options.Resilience.MaxAttempts = script.MaxAttempts;
                options.Budget.TenantMonthlyLimitUsd = script.Limit is { } limit ? ModelPrice.ToUsd(limit) : null;
            },
            RoadLedger.Register);
        foreach (string answer in script.Answers)
        {
            Answers[answer].Answer(host.Handler);
        }

        RoadLedger ledger = RoadLedger.Of(host);
        decimal told = 0;
        int attempts = 0;
        for (int i = 0; i < script.Calls; i++)
        {
            StepReceipt receipt = (await host.AskAsync()).Receipt;
            told += receipt.Cost ?? 0;
            attempts += receipt.Attempts;
            Assert.That(receipt.Cost is null, Is.EqualTo(receipt.Attempts == 0), "nothing sent, or a cost that is known");
        }

        string[] met = [.. Enumerable.Range(0, host.Handler.Requests.Count).Select(number => script.Answers[Math.Min(number, script.Answers.Length - 1)])];
        long billed = met.Sum(answer => Answers[answer].Bill);
        foreach (string answer in met)
        {
            Seen[answer] = Seen.GetValueOrDefault(answer) + 1;
        }

        (string What, Guid Id, long NanoUsd)[] journal = [.. ledger.Journal];
        var byAttempt = journal.ToLookup(entry => entry.Id, entry => entry.What);
        var tenant = await ledger.BalanceAsync(BudgetAccount.OfTenant(RoadHost.Scope.Tenant));
        long overrun = met.Sum(answer => Math.Max(0, Answers[answer].Bill - Most));
        Assert.That(byAttempt.Select(entries => string.Join(' ', entries)), Is.All.EqualTo("reserve settle").Or.EqualTo("reserve release"));
        Assert.That((byAttempt.Count, attempts), Is.EqualTo((met.Length, met.Length)));
        Assert.That((tenant, told), Is.EqualTo(((billed, 0L, 0L, overrun), ModelPrice.ToUsd(billed))));
        Assert.That(await ledger.BalanceAsync(BudgetAccount.Bot), Is.EqualTo(tenant));
        Assert.That(script.Limit is { } most && tenant.Spent > most + overrun, Is.False, "above the limit");
    }

    internal sealed record Script(string[] Answers, int Calls, int MaxAttempts, long? Limit)
    {
        public override string ToString() => new StringBuilder().AppendJoin(", ", Answers).Append($"; {Calls} calls of {MaxAttempts} attempts, limit {Limit}").ToString();
    }

    internal static class Scripts
    {
        public static Arbitrary<Script> Any() =>
            (from answers in Gen.Elements(AttemptScriptProperties.Answers.Keys.ToArray()).NonEmptyListOf()
             from calls in Gen.Choose(1, 6)
             from attempts in Gen.Choose(1, 5)
             from limit in Gen.OneOf(Gen.Constant<long?>(null), Gen.Choose(0, 5 * (int)Most).Select(nano => (long?)nano))
             select new Script([.. answers], calls, attempts, limit)).ToArbitrary();
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset");
    }
}
