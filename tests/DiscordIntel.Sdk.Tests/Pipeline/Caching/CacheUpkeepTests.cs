using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>How long an answer is kept: its time, the settings, forgetting, faults.</summary>
internal sealed class CacheUpkeepTests
{
    [Test]
    public async Task Duration_Passed_IsAskedAnew()
    {
        using var host = new CallHost();
        await host.RuleAsync();
        host.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
    }

    [TestCase("OPENAI_CACHE_ENABLED")]
    [TestCase("DiscordIntel:Cache:Enabled")]
    public async Task Enabled_False_KeepsNothingAndDropsWhatWasKept(string setting)
    {
        using var host = new CallHost();
        await host.RuleAsync();
        host.Change((setting, "false"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
        host.Change((setting, "true"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False, "what was kept before is gone");
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
        Assert.That(host.Sent, Is.EqualTo(4));
    }

    [Test]
    public async Task Settings_Reloaded_HoldForTheNextCall()
    {
        using var host = new CallHost();
        await host.RuleAsync();
        host.Change(("DiscordIntel:Generation:MaxOutputTokens", "900"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False, "it may be cut elsewhere now");
        host.Change(("DiscordIntel:Generation:MaxOutputTokens", null), ("DiscordIntel:Cache:Duration", "00:00:10"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True, "the first one's hour is not over");
        await host.RuleAsync("Another.");
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await host.RuleAsync("Another.")).Receipt.FromCache, Is.False);
    }

    [Test]
    public async Task BaseUrl_AnotherServer_IsAskedItself()
    {
        using var host = new CallHost(("OPENAI_BASE_URL", "http://first.example/v1"));
        await host.RuleAsync();
        host.Change(("OPENAI_BASE_URL", "http://second.example/v1"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False, "the same model id, another server");
        host.Change(("OPENAI_BASE_URL", "http://first.example/v1"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
    }

    [Test]
    public async Task ForgetAsync_Tenant_LosesItsAnswersAndNobodyElses()
    {
        using var host = new CallHost();
        IntelScope other = IntelScope.Guild(1, 12, 13);
        await host.RuleAsync();
        await host.RuleAsync(scope: other);

        await host.Usage.ForgetAsync(CallHost.Scope.Tenant);

        Assert.That((await host.RuleAsync(scope: other)).Receipt.FromCache, Is.True);
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
    }

    [Test]
    public async Task GenerateAsync_KeptAnswerThatCannotBeRead_IsDroppedAndAskedAnew()
    {
        var validator = new Moody();
        using var host = new CallHost(services => services.AddSingleton<IJsonSchemaValidator>(validator));
        await host.RuleAsync();

        validator.Issues = ["$.winner: is not one of ours"];
        StepResult<Ruling> spoiled = await host.RuleAsync();
        Assert.That(spoiled.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
        Assert.That((spoiled.Receipt.FromCache, spoiled.Receipt.Attempts, host.Sent), Is.EqualTo((false, 1, 2)), "the kept one could not be read, the re-ask neither");

        validator.Issues = [];
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False, "it was dropped");
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
    }

    [Test]
    public async Task GenerateAsync_ProviderIsDown_StillAnswersWhatIsKept()
    {
        using var host = new CallHost(("DiscordIntel:Resilience:BaseDelay", "00:00:00"));
        await host.RuleAsync();
        host.Emulator.Always(EmulatorReply.ConnectionRefused());
        Assert.That((await host.RuleAsync("Something new.")).Error?.Kind, Is.EqualTo(StepErrorKind.ProviderUnavailable));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True);
    }

    [Test]
    public async Task GenerateAsync_ModelIsPaused_StillAnswersWhatIsKept()
    {
        using var host = new CallHost(("DiscordIntel:Resilience:MaxAttempts", "1"));
        await host.RuleAsync();
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(20)));
        await host.RuleAsync("Something new.");
        Assert.That((await host.RuleAsync("And another.")).Error?.Kind, Is.EqualTo(StepErrorKind.RateLimited));
        Assert.That(((await host.RuleAsync()).Receipt.FromCache, host.Sent), Is.EqualTo((true, 2)));
    }

    [TestCase("DiscordIntel:Features:StructuredOutputs")]
    public async Task GenerateAsync_SwitchedOff_GivesNothingOutOfTheCacheEither(string setting)
    {
        using var host = new CallHost();
        await host.RuleAsync();
        host.Change((setting, "false"));
        Assert.That((await host.RuleAsync()).Error?.Kind, Is.EqualTo(StepErrorKind.FeatureDisabled));
    }

    [Test]
    [NonParallelizable]
    public async Task GenerateAsync_Telemetry_TellsHitMissAndSkip()
    {
        using var host = new CallHost();
        using var telemetry = new RoadTelemetry(host.Get<IntelTelemetry>());
        await host.RuleAsync();
        await host.RuleAsync();
        await host.Text.CompleteAsync("Hello", CallHost.Scope);

        Assert.That(telemetry.Of("discordintel.cache.requests").Select(item => (item.Tags["operation"], item.Tags["result"])), Is.EqualTo(new (object?, object?)[]
        {
            ("structured.generate", "miss"), ("structured.generate", "hit"), ("text.complete", "skip"),
        }));
        Assert.That(
            telemetry.Spans.Where(span => span.DisplayName.StartsWith("discordintel.", StringComparison.Ordinal)).Select(span => span.GetTagItem("discordintel.cache")),
            Is.EqualTo(new[] { "miss", "hit", "skip" }));
        Assert.That(telemetry.Of("gen_ai.client.operation.duration"), Has.Length.EqualTo(2), "a hit is no request");
    }

    private sealed class Moody : IJsonSchemaValidator
    {
        public IReadOnlyList<string> Issues { get; set; } = [];

        public IReadOnlyList<string> Validate(System.Text.Json.JsonElement schema, System.Text.Json.JsonElement answer) => Issues;
    }
}
