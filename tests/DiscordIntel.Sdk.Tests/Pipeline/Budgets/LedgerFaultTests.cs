using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>A ledger of the host's that throws, hangs, gives null or is slow: no call goes out without its word, no answer is lost, nothing escapes.</summary>
internal sealed class LedgerFaultTests
{
    private const long Most = 2 * ((62 * 125) + (4_000 * 500));
    private const long Exact = (10 * 100) + (5 * 500);
    private const string Setting = "DiscordIntel:Budget:AllowWhenStoreUnavailable";

    private static readonly BudgetAccount Tenant = BudgetAccount.OfTenant(RoadHost.Scope.Tenant);

    public enum Fault
    {
        Throws,
        ThrowsLater,
        ThrowsAfterBooking,
        Cancels,
        Hangs,
        HangsAfterBooking,
        GivesNull,
    }

    [Test]
    public async Task Reserve_AnyFault_SendsNothingAndKeepsNothing([Values] Fault fault)
    {
        using RoadHost host = Host();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        Break(host, fault, RoadLedger.Reserve);

        Task<StepResult<string>> call = host.AskAsync();
        await host.Time.RunAsync(call);
        StepResult<string> result = await call;

        Assert.That((result.Error!.Kind, result.Error.IsRetryable, result.Receipt.Attempts), Is.EqualTo((StepErrorKind.StoreUnavailable, true, 0)));
        Assert.That(result.Error.Message, Does.Contain(Setting));
        Assert.That(host.Handler.Requests, Is.Empty);
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((0L, 0L, 0L, 0L)), "what was booked all the same is given back");
        Assert.That(host.Log.Lines.Where(line => line.Id.Id == 502).Select(line => line.Text), Has.One.Contains("is refused"));
    }

    [Test]
    public async Task Reserve_AnyFaultAndAllowed_GoesOnWithoutALimit([Values] Fault fault)
    {
        using RoadHost host = Host(options => options.Budget.AllowWhenStoreUnavailable = true);
        host.Handler.Then(200, RoadAnswer.Saying("Paris")).Then(200, RoadAnswer.Saying("Paris", usage: null));
        Break(host, fault, RoadLedger.Reserve);

        Task<StepResult<string>[]> calls = Twice(() => host.AskAsync());
        await host.Time.RunAsync(calls);

        Assert.That((await calls).Select(result => (result.Value, result.Receipt.Cost)), Is.EqualTo(
            new[] { ("Paris", (decimal?)ModelPrice.ToUsd(Exact)), ("Paris", ModelPrice.ToUsd(Most)) }));
        Assert.That(RoadLedger.Of(host).All(RoadLedger.Settle), Is.Empty);
        Assert.That(host.Log.Lines.Where(line => line.Id.Id == 502).Select(line => line.Text), Has.Exactly(2).Contains("goes on without a limit"));
    }

    /// <summary>Without a price the bill is not known: it does not become 0 because the ledger is away.</summary>
    [Test]
    public async Task Reserve_FaultAllowedAndNoPrice_LeavesTheCostUnknown()
    {
        using RoadHost host = Host(options =>
        {
            options.Models.Text = "unheard-of";
            options.Budget.MonthlyLimitUsd = null;
            options.Budget.AllowWhenStoreUnavailable = true;
        });
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "unheard-of"));
        Break(host, Fault.Throws, RoadLedger.Reserve);

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Value, result.Receipt.Cost), Is.EqualTo(("Paris", (decimal?)null)));
    }

    [Test]
    public async Task Reserve_CallerCancelsMeanwhile_ThrowsAndGivesBack([Values(Fault.Hangs, Fault.HangsAfterBooking)] Fault fault, [Values] bool allowed)
    {
        using RoadHost host = Host(options => options.Budget.AllowWhenStoreUnavailable = allowed);
        using var caller = new CancellationTokenSource();
        Break(host, fault, RoadLedger.Reserve);

        Task<StepResult<string>> call = host.AskAsync(cancellationToken: caller.Token);
        await caller.CancelAsync();

        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((0L, 0L, 0L, 0L)));
        Assert.That(RoadLedger.Of(host).All(RoadLedger.Release), Has.Exactly(1).Items);
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    /// <summary>A wait for a ledger is part of the call's time.</summary>
    [Test]
    public async Task Reserve_Hangs_IsWaitedForNoLongerThanTheCallHas()
    {
        using RoadHost host = Host();
        Break(host, Fault.Hangs, RoadLedger.Reserve);

        Task<StepResult<string>> call = host.AskAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(3) });
        host.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Kind, Is.EqualTo(StepErrorKind.StoreUnavailable));
    }

    [Test]
    public async Task Reserve_Slow_IsWaitedFor()
    {
        using RoadHost host = Host();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        var slow = new TaskCompletionSource();
        RoadLedger.Of(host).Before = (what, _) => what == RoadLedger.Reserve ? slow.Task : Task.CompletedTask;

        Task<StepResult<string>> call = host.AskAsync();
        host.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That((call.IsCompleted, host.Handler.Requests.Count), Is.EqualTo((false, 0)));
        slow.SetResult();

        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).Value, Is.EqualTo("Paris"));
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((Exact, 0L, 0L, 0L)));
    }

    [Test]
    public async Task Settle_AnyFault_LosesNoAnswer([Values] Fault fault)
    {
        using RoadHost host = Host();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        Break(host, fault, RoadLedger.Settle);

        Task<StepResult<string>> call = host.AskAsync();
        await host.Time.RunAsync(call);
        StepResult<string> result = await call;

        Assert.That((result.Value, result.Receipt.Cost), Is.EqualTo(("Paris", (decimal?)ModelPrice.ToUsd(Exact))));
        Assert.That(host.Log.Lines.Count(line => line.Id.Id == 503), Is.EqualTo(fault is Fault.GivesNull ? 0 : 1));

        // What was not booked runs out in the ledger and counts in full.
        host.Time.Advance(TimeSpan.FromMinutes(5));
        long expected = fault is Fault.ThrowsAfterBooking or Fault.HangsAfterBooking or Fault.GivesNull ? Exact : Most;
        Assert.That((await RoadLedger.Of(host).BalanceAsync(Tenant)) is var balance ? (balance.Spent, balance.Reserved) : default, Is.EqualTo((expected, 0L)));
    }

    [Test]
    public async Task Release_AnyFault_LeavesTheProvidersError([Values(Fault.Throws, Fault.ThrowsLater, Fault.Cancels, Fault.Hangs)] Fault fault)
    {
        using RoadHost host = Host();
        host.Handler.Then(400, RoadAnswer.Error("No."));
        Break(host, fault, RoadLedger.Release);

        Task<StepResult<string>> call = host.AskAsync();
        await host.Time.RunAsync(call);

        Assert.That((await call).Error!.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
    }

    [Test]
    public async Task Read_AnyFault_LeavesTheModelAsItIs([Values(Fault.Throws, Fault.ThrowsLater, Fault.Cancels, Fault.Hangs)] Fault fault)
    {
        using RoadHost host = Host(options => options.Budget.DegradeTo = "gpt-5-nano");
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        Break(host, fault, RoadLedger.Read);

        Task<StepResult<string>> call = host.AskAsync();
        await host.Time.RunAsync(call);

        Assert.That(((await call).Value, (await call).Receipt.Model), Is.EqualTo(("Paris", RoadAnswer.Model)));
    }

    [Test]
    public async Task Stream_AnyFaultOfAnyCommand_EndsInAValue(
        [Values] Fault fault, [Values(RoadLedger.Reserve, RoadLedger.Settle, RoadLedger.Release)] string command, [Values] bool complete)
    {
        using RoadHost host = Host();
        Break(host, fault, command);
        var refused = new HttpRequestException("no", null, System.Net.HttpStatusCode.Unauthorized);
        IntelPipeline pipeline = host.Pipeline(new RoadChatClient(complete ? RoadChatClient.Says("Par", "is") : RoadChatClient.Throws(refused)));

        Task<StepResult<StreamChunk>> last = LastAsync(pipeline);
        await host.Time.RunAsync(last);

        StepErrorKind? expected = command == RoadLedger.Reserve ? StepErrorKind.StoreUnavailable : complete ? null : StepErrorKind.Unauthorized;
        Assert.That((await last).Error?.Kind, Is.EqualTo(expected));
    }

    private static async Task<StepResult<StreamChunk>> LastAsync(IntelPipeline pipeline)
    {
        var call = new ModelCall<string> { Operation = "test", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) };
        StepResult<StreamChunk>? last = null;
        await foreach (StepResult<StreamChunk> chunk in pipeline.StreamAsync(call, RoadHost.Scope, CancellationToken.None))
        {
            last = chunk;
        }

        return last!;
    }

    private static RoadHost Host(Action<DiscordIntelOptions>? configure = null) => new(configure, RoadLedger.Register);

    private static async Task<StepResult<string>[]> Twice(Func<Task<StepResult<string>>> call) => [await call(), await call()];

    private static void Break(RoadHost host, Fault fault, string command)
    {
        RoadLedger ledger = RoadLedger.Of(host);
        Func<string, CancellationToken, Task> breaks = async (what, _) =>
        {
            if (what != command)
            {
                return;
            }

            switch (fault)
            {
                case Fault.Hangs or Fault.HangsAfterBooking:
                    await new TaskCompletionSource().Task;
                    break;
                case Fault.ThrowsLater:
                    await Task.Yield();
                    throw new TimeZoneNotFoundException("later");
                case Fault.Cancels:
                    throw new OperationCanceledException("of its own");
                default:
                    throw new TimeZoneNotFoundException("the store is away");
            }
        };
        switch (fault)
        {
            case Fault.GivesNull:
                ledger.GivesNull.Add(command);
                break;
            case Fault.ThrowsAfterBooking or Fault.HangsAfterBooking:
                ledger.After = breaks;
                break;
            default:
                ledger.Before = breaks;
                break;
        }
    }
}
