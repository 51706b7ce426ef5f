using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Text;

/// <summary>A stream goes through the stages of every call.</summary>
internal sealed class TextStreamTests
{
    [Test]
    public async Task StreamAsync_Request_IsThisVeryText()
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(Whole("Paris"));

        await host.Text.StreamAsync(new TextRequest { Messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Capital of France?")] }, RoadHost.Scope).ToListAsync();

        RoadRequest request = host.Handler.Requests.Single();
        string identifier = request.Json.GetProperty("safety_identifier").GetString()!;
        Assert.That((request.Method, request.Address.AbsoluteUri, request.Authorization), Is.EqualTo(("POST", "https://api.openai.com/v1/chat/completions", $"Bearer {RoadHost.ApiKey}")));
        Assert.That(request.Body, Is.EqualTo(
            """
            {"model":"gpt-6-luna","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Capital of France?"}],
            "max_completion_tokens":4000,"temperature":0.7,"reasoning_effort":"none","safety_identifier":"ID","store":false,"stream":true,"stream_options":{"include_usage":true}}
            """.ReplaceLineEndings("").Replace("ID", identifier, StringComparison.Ordinal)));
    }

    [Test]
    public async Task StreamAsync_Prompt_IsOneMessageOfTheUser()
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(Whole("Paris"));

        await host.Text.StreamAsync("Capital of France?", RoadHost.Scope).ToListAsync();

        Assert.That(host.Handler.Requests.Single().Json.GetProperty("messages").GetRawText(), Is.EqualTo("""[{"role":"user","content":"Capital of France?"}]"""));
    }

    [Test]
    public void StreamAsync_NullArguments_AreMisuseAtOnce()
    {
        using var host = new RoadHost();

        Assert.That(() => host.Text.StreamAsync((string)null!, RoadHost.Scope), Throws.ArgumentNullException);
        Assert.That(() => host.Text.StreamAsync((TextRequest)null!, RoadHost.Scope), Throws.ArgumentNullException);
        Assert.That(() => host.Text.StreamAsync("Hi", null!), Throws.ArgumentNullException);
    }

    [TestCase("", null)]
    [TestCase(" \n", null)]
    [TestCase("Hi", 0)]
    public async Task StreamAsync_UnlawfulRequest_IsOneErrorAndSendsNothing(string prompt, int? maxOutputTokens)
    {
        using var host = new RoadHost();

        StepResult<StreamChunk> only = await host.StreamAsync(prompt, new GenerationOptions { MaxOutputTokens = maxOutputTokens }).SingleAsync();

        Assert.That((only.Error!.Kind, only.Receipt.Attempts, only.Receipt.TimeToFirstChunk), Is.EqualTo((StepErrorKind.InvalidRequest, 0, (TimeSpan?)null)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_OtherContentThanText_IsRefusedByName()
    {
        using var host = new RoadHost(options => options.Budget.MonthlyLimitUsd = null);

        StepResult<StreamChunk> only = await host.Text.StreamAsync(
            new TextRequest { Messages = [new(ChatRole.User, [new TextContent("look"), new UriContent("https://example.test/a.png", "image/png")])] }, RoadHost.Scope).SingleAsync();

        Assert.That((only.Error!.Kind, only.Receipt.Attempts), Is.EqualTo((StepErrorKind.InvalidRequest, 0)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_SwitchedOff_SendsNothingAndNamesTheSwitch()
    {
        using var host = new RoadHost(register: services => services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("ENABLE_OPENAI_STREAMING", "false")]).Build()));

        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        StepError error = (await host.StreamAsync().SingleAsync()).Error!;
        StepResult<string> plain = await host.AskAsync();

        Assert.That((error.Kind, error.Message), Is.EqualTo(
            (StepErrorKind.FeatureDisabled, "Streaming is switched off. Set DiscordIntel:Features:Streaming (ENABLE_OPENAI_STREAMING) to true, or see the tenant's policy.")));
        Assert.That((plain.Value, host.Handler.Requests.Count), Is.EqualTo(("Paris", 1)), "plain calls go on");
    }

    [TestCase(false, true, StepErrorKind.FeatureDisabled)]
    [TestCase(true, false, StepErrorKind.FeatureDisabled)]
    [TestCase(true, true, null)]
    public async Task StreamAsync_TenantsPolicy_HoldsOverTheConfiguration(bool streaming, bool consent, StepErrorKind? kind)
    {
        using var host = new RoadHost(
            options => options.Features.Streaming = !streaming,
            services => services.AddSingleton<ITenantPolicy>(new Policy(new TenantPolicy { Streaming = streaming, Consent = consent })));
        host.Handler.ThenEvents(Whole("Paris"));

        StepResult<StreamChunk> last = (await host.StreamAsync().ToListAsync())[^1];

        Assert.That((last.Error?.Kind, host.Handler.Requests.Count), Is.EqualTo((kind, kind is null ? 1 : 0)));
    }

    [Test]
    public async Task StreamAsync_Limits_CountStreams()
    {
        using var host = new RoadHost(options => options.Limits.UserRequestsPerMinute = 1);
        host.Handler.ThenEvents(Whole("Paris"));

        StepResult<StreamChunk> first = (await host.StreamAsync().ToListAsync())[^1], second = await host.StreamAsync().SingleAsync();
        StepResult<string> plain = await host.AskAsync();

        Assert.That((first.IsSuccess, second.Error?.Kind, second.Error?.RetryAfter, plain.Error?.Kind), Is.EqualTo(
            (true, (StepErrorKind?)StepErrorKind.RateLimited, (TimeSpan?)TimeSpan.FromMinutes(1), (StepErrorKind?)StepErrorKind.RateLimited)));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task StreamAsync_OpenStreams_HoldTheirShareOfTheBudget()
    {
        // A call may take 0.0040155 dollars: two at the same time are too many.
        using var host = new RoadHost(options => options.Budget.TenantMonthlyLimitUsd = 0.006m);
        host.Handler.ThenEvents(Whole("Paris"));
        await using IAsyncEnumerator<StepResult<StreamChunk>> open = host.StreamAsync().GetAsyncEnumerator();
        await open.MoveNextAsync();

        StepResult<StreamChunk> refused = await host.StreamAsync().SingleAsync();
        await open.DisposeAsync();
        StepResult<StreamChunk> after = (await host.StreamAsync().ToListAsync())[^1];

        Assert.That((refused.Error?.Kind, refused.Receipt.Attempts, after.IsSuccess, host.Handler.Requests.Count), Is.EqualTo(((StepErrorKind?)StepErrorKind.BudgetExceeded, 0, true, 2)));
    }

    /// <summary>Neither kept for the next call nor answered out of what a plain one left.</summary>
    [Test]
    public async Task StreamAsync_Cache_IsNotTouched()
    {
        using var host = new RoadHost(options => options.Cache.FreeText = true);
        host.Handler.ThenEvents(Whole("one")).ThenEvents(Whole("two")).Then(200, RoadAnswer.Saying("three")).ThenEvents(Whole("four"));

        string[] said =
        [
            (await host.StreamAsync().FirstAsync()).Value.Text,
            (await host.StreamAsync().FirstAsync()).Value.Text,
            (await host.AskAsync()).Value!,
            (await host.AskAsync()).Value!,
            (await host.StreamAsync().FirstAsync()).Value.Text,
        ];

        Assert.That(said, Is.EqualTo(new[] { "one", "two", "three", "three", "four" }));
    }

    [Test]
    public async Task StreamAsync_Usage_IsCounted()
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(Whole("Paris")).ThenEvents(Role + Piece("Par")).ThenEvents(Whole("Par", "is"));

        await host.StreamAsync().ToListAsync();
        await host.StreamAsync().ToListAsync();
        await host.StreamAsync().FirstAsync();
        UsageReport report = (await host.Services.GetRequiredService<UsageClient>().GetAsync(RoadHost.Scope.Tenant)).ValueOrThrow();

        Assert.That((report.Calls, report.Succeeded, report.Failed, report.Cancelled), Is.EqualTo((3L, 1L, 1L, 1L)));
        Assert.That((report.InputTokens, report.OutputTokens, report.Reserved, report.Errors[StepErrorKind.StreamInterrupted]), Is.EqualTo((10L, 5L, 0m, 1L)));
        Assert.That(report.TopFeatures.Select(line => (line.Name, line.Calls, line.Cost)), Is.EqualTo(new[] { ("text.stream", 3L, report.Spent) }));
    }

    [Test]
    public async Task StreamAsync_LocalisedSentence_ReplacesTheEnglishOne()
    {
        using var host = new RoadHost(options => options.UserMessages[StepErrorKind.StreamInterrupted] = "Abgebrochen.");
        host.Handler.ThenEvents(Piece("Par"));

        Assert.That((await host.StreamAsync().ToListAsync())[^1].Error!.UserMessage, Is.EqualTo("Abgebrochen."));
    }

    [Test]
    public async Task StreamAsync_ManyAtOnce_NeverMix()
    {
        using var host = new RoadHost();
        host.Handler.Then(_ =>
        {
            string question = host.Handler.Requests[^1].Json.GetProperty("messages")[0].GetProperty("content").GetString()!;
            var body = new RoadBody();
            foreach (string word in Enumerable.Range(0, 50).Select(i => $"{question}.{i} "))
            {
                body.Then(async _ =>
                {
                    await Task.Yield();
                    return System.Text.Encoding.UTF8.GetBytes(Piece(word));
                });
            }

            return Task.FromResult(RoadAnswer.Of(200, new StreamContent(body.Then(Finish() + Bill + Done)), ("content-type", "text/event-stream")));
        });

        Task<List<StepResult<StreamChunk>>>[] calls = [.. Enumerable.Range(0, 20).Select(i => host.StreamAsync($"q{i}").ToListAsync().AsTask())];
        List<StepResult<StreamChunk>>[] answers = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20));

        for (int i = 0; i < answers.Length; i++)
        {
            Assert.That(string.Concat(answers[i].Select(chunk => chunk.Value.Text)), Is.EqualTo(string.Concat(Enumerable.Range(0, 50).Select(j => $"q{i}.{j} "))));
            Assert.That(answers[i][^1].Value.IsFinal, Is.True);
        }

        BudgetBalance balance = await host.Services.GetRequiredService<IBudgetLedger>().ReadAsync(BudgetAccount.Bot, BudgetMonth.Of(RoadHost.Start), CancellationToken.None);
        Assert.That(balance, Is.EqualTo(new BudgetBalance { SpentNanoUsd = 20 * 3500 }));
    }

    private sealed class Policy(TenantPolicy policy) : ITenantPolicy
    {
        public ValueTask<TenantPolicy?> GetAsync(string tenant, CancellationToken cancellationToken) => new(policy);
    }
}
