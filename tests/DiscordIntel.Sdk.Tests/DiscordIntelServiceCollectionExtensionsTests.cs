using System.Net;
using System.Text;
using DiscordIntel.Analysis;
using DiscordIntel.Configuration;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests;

[TestFixture]
[NonParallelizable]
internal sealed class DiscordIntelServiceCollectionExtensionsTests
{
    private static readonly Dictionary<string, string?> Good = new() { ["OPENAI_API_KEY"] = "sk-1" };
    private static readonly IntelScope Scope = IntelScope.Guild(1, 2, 3);

    [Test]
    public void AddDiscordIntel_Null_Throws() =>
        Assert.That(() => DiscordIntelServiceCollectionExtensions.AddDiscordIntel(null!), Throws.ArgumentNullException);

    [Test]
    public void AddDiscordIntel_Builder_HasTheServices()
    {
        var services = new ServiceCollection();
        Assert.That(services.AddDiscordIntel().Services, Is.SameAs(services));
    }

    [Test]
    public void AddDiscordIntel_Clients_AreSingletonsAndTheUmbrellaHasTheSame()
    {
        using BaseContainer container = BaseContainer.With(Good);
        DiscordIntelClient all = container.Services.GetRequiredService<DiscordIntelClient>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.SameAs(container.Services.GetRequiredService<DiscordIntelClient>()));
            Assert.That(all.Text, Is.SameAs(container.Services.GetRequiredService<TextClient>()));
            Assert.That(all.Structured, Is.SameAs(container.Services.GetRequiredService<StructuredOutputClient>()));
            Assert.That(all.Analysis, Is.SameAs(container.Services.GetRequiredService<AnalysisClient>()));
        }
    }

    [Test]
    public void AddDiscordIntel_NoConfigurationInTheContainer_ReadsTheEnvironment()
    {
        using var environment = new BaseEnvironment(
            ("OPENAI_API_KEY", "sk-environment"), ("OPENAI_MAX_TOKENS", "77"), ("DiscordIntel__Models__Text", "from-section"), ("ENABLE_OPENAI_STRUCTURED_OUTPUTS", "0"));
        using ServiceProvider services = Bare();
        DiscordIntelOptions options = services.GetRequiredService<LiveOptions>().Current;
        Assert.That(
            (options.OpenAI.ApiKey, options.Generation.MaxOutputTokens, options.Models.Text, options.Features.StructuredOutputs),
            Is.EqualTo(("sk-environment", (int?)77, "from-section", false)));
    }

    [Test]
    public void AddDiscordIntel_ConfigurationInTheContainer_IsAskedAndNotTheEnvironment()
    {
        using var environment = new BaseEnvironment(("OPENAI_API_KEY", "sk-environment"), ("OPENAI_MAX_TOKENS", "77"));
        using BaseContainer container = BaseContainer.With(Good);
        Assert.That((container.Options.OpenAI.ApiKey, container.Options.Generation.MaxOutputTokens), Is.EqualTo(("sk-1", (int?)4000)));
    }

    [Test]
    public void AddDiscordIntel_NothingSetAndNoHost_SaysSoAtFirstUse()
    {
        using var environment = new BaseEnvironment();
        using ServiceProvider services = Bare();
        OptionsValidationException? fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<TextClient>());
        Assert.That(fault!.Message, Does.Contain("OPENAI_API_KEY"));
    }

    [Test]
    public void AddDiscordIntel_WrongSettingInAHost_StopsTheStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1", ["DiscordIntel:Resilience:MaxAttempts"] = "99" });
        builder.Services.AddDiscordIntel();
        using IHost host = builder.Build();
        OptionsValidationException? fault = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.That(fault!.Failures, Is.EqualTo(new[] { "DiscordIntel:Resilience:MaxAttempts is 99. Set a whole number from 1 to 10." }));
    }

    [Test]
    public void AddDiscordIntel_UnreadableSettingInAHost_StopsTheStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "sk-1", ["DiscordIntel:Resilience:MaxAttempts"] = "few" });
        builder.Services.AddDiscordIntel();
        using IHost host = builder.Build();
        Assert.That(() => host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("DiscordIntel:Resilience:MaxAttempts"));
    }

    [Test]
    public async Task AddDiscordIntel_GoodSettingsInAHost_StartsFollowsChangesAndStops()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DiscordIntel:OpenAI:ApiKey"] = "sk-1" });
        builder.Services.AddDiscordIntel();
        using IHost host = builder.Build();
        await host.StartAsync();
        LiveOptions live = host.Services.GetRequiredService<LiveOptions>();
        builder.Configuration["DiscordIntel:Models:Text"] = "two";
        ((IConfigurationRoot)builder.Configuration).Reload();
        Assert.That(live.Current.Models.Text, Is.EqualTo("two"));
        await host.StopAsync();
    }

    [Test]
    public void AddDiscordIntel_Twice_AddsNothingButTheSecondAction()
    {
        var once = new ServiceCollection();
        once.AddDiscordIntel(options => options.Models.Text = "first");
        var twice = new ServiceCollection();
        twice.AddDiscordIntel(options => options.Models.Text = "first");
        twice.AddDiscordIntel(options => options.Resilience.MaxAttempts = 7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ours(twice).Except(Ours(once)), Is.Empty);
            Assert.That(Ours(twice), Has.Length.EqualTo(Ours(once).Length));
            using ServiceProvider services = twice.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Good).Build()).BuildServiceProvider();
            DiscordIntelOptions options = services.GetRequiredService<LiveOptions>().Current;
            Assert.That((options.Models.Text, options.Resilience.MaxAttempts), Is.EqualTo(("first", 7)));
            Assert.That(services.GetServices<IValidateOptions<DiscordIntelOptions>>().OfType<DiscordIntelOptionsValidator>().Count(), Is.EqualTo(1), "each fault is told once");
        }

        static string[] Ours(ServiceCollection services) =>
            [.. services.Where(service => service.ServiceType != typeof(IConfigureOptions<DiscordIntelOptions>) || service.ImplementationInstance is null)
                .Where(service => service.ServiceType.Assembly == typeof(DiscordIntelClient).Assembly || service.ServiceType.GenericTypeArguments.Contains(typeof(DiscordIntelOptions)))
                .Select(service => $"{service.ServiceType} {service.ImplementationType} {service.Lifetime}")];
    }

    [Test]
    public void AddDiscordIntel_SubstituteRegisteredBefore_IsKeptEverywhere()
    {
        TextClient substitute = NSubstitute.Substitute.For<TextClient>();
        using BaseContainer container = BaseContainer.With(Good, before: services => services.AddSingleton(substitute));
        Assert.That(container.Services.GetRequiredService<DiscordIntelClient>().Text, Is.SameAs(substitute));
    }

    [Test]
    public void AddDiscordIntel_WithoutLogging_Works()
    {
        using var environment = new BaseEnvironment(("OPENAI_API_KEY", "sk-1"));
        using ServiceProvider services = Bare();
        Assert.That(services.GetRequiredService<DiscordIntelClient>(), Is.Not.Null);
    }

    [Test]
    public async Task CompleteAsync_TimeProviderOfTheContainer_DatesTheShutdownNoticeAndThePrice()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        using BaseContainer container = BaseContainer.With(Good, Answering(model: "gpt-5"), services => services.AddSingleton<TimeProvider>(time));
        TextClient text = container.Services.GetRequiredService<TextClient>();
        StepResult<string> first = await text.CompleteAsync("Hello", Scope);
        StepResult<string> second = await text.CompleteAsync("Hello", Scope);
        const string notice = "gpt-5 will be shut down on 2026-12-11, in 10 days: use gpt-6.1-sol.";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ValueOrThrow(), Is.EqualTo("Hi."));
            Assert.That(first.Receipt.Elapsed, Is.EqualTo(TimeSpan.Zero), "the container's clock stands still");
            Assert.That(first.Receipt.Warnings, Is.EqualTo(new[] { notice }));
            Assert.That(second.Receipt.Warnings, Is.EqualTo(new[] { notice }));
            Assert.That(container.Log.Lines.Where(line => line is { Level: LogLevel.Warning, Id: not 504 }).Select(line => line.Text), Is.EqualTo(new[] { notice }));

            // 1000 input at 1.25 and 100 output at 10 dollars per million.
            Assert.That(first.Receipt.Cost, Is.EqualTo(0.00225m));
        }
    }

    [Test]
    public async Task CompleteAsync_UsageThatCannotBe_CostsTheMostItCanAndDoesNotThrow()
    {
        using BaseContainer container = BaseContainer.With(Good, Answering(model: "gpt-5", inputTokens: "-5"));
        StepResult<string> result = await container.Services.GetRequiredService<TextClient>().CompleteAsync("Hello", Scope);
        Assert.That((result.IsSuccess, result.Receipt.Cost > 0, result.Receipt.CostIsEstimated), Is.EqualTo((true, true, true)));
    }

    [Test]
    public async Task CompleteAsync_ModelWithoutAPrice_HasNoCost()
    {
        using BaseContainer container = BaseContainer.With(Good, Answering(model: "my-own"));
        StepResult<string> result = await container.Services.GetRequiredService<TextClient>().CompleteAsync("Hello", Scope);
        Assert.That((result.Receipt.InputTokens, result.Receipt.Cost), Is.EqualTo(((long?)1000, (decimal?)null)));
    }

    [Test]
    public async Task CompleteAsync_AfterAChange_GoesByTheNewOptions()
    {
        using BaseContainer container = BaseContainer.With(
            new Dictionary<string, string?>(Good) { ["DiscordIntel:UserMessages:InvalidRequest"] = "one" }, Answering(model: "m"));
        TextClient text = container.Services.GetRequiredService<TextClient>();
        StepResult<string> before = await text.CompleteAsync(" ", Scope);
        container.Change(("DiscordIntel:UserMessages:InvalidRequest", "two"));
        StepResult<string> after = await text.CompleteAsync(" ", Scope);
        Assert.That((before.Error?.UserMessage, after.Error?.UserMessage), Is.EqualTo(("one", "two")));
    }

    [Test]
    public async Task Dispose_AfterUse_LeavesNoFault([Values] bool async)
    {
        BaseContainer container = BaseContainer.With(Good, Answering(model: "m"));
        StepResult<string> result = await container.Services.GetRequiredService<DiscordIntelClient>().Text.CompleteAsync("Hello", Scope);
        Assert.That(result.IsSuccess, Is.True);
        if (async)
        {
            Assert.That(async () => await container.Services.DisposeAsync(), Throws.Nothing);
        }

        Assert.That(container.Dispose, Throws.Nothing);
        Assert.That(container.Dispose, Throws.Nothing, "twice is lawful");
    }

    [Test]
    public void Dispose_PrimaryHandler_IsDisposedOf()
    {
        var handler = new Answer("m", "1");
        BaseContainer container = BaseContainer.With(Good, options => options.OpenAI.PrimaryHandler = () => handler);
        Assert.That(async () => await container.Services.GetRequiredService<TextClient>().CompleteAsync("Hello", Scope), Throws.Nothing);
        Assert.That(handler.IsDisposed, Is.False);
        container.Dispose();
        Assert.That(handler.IsDisposed, Is.True);
    }

    [Test]
    public void Dispose_NeverUsed_LeavesNoFault()
    {
        BaseContainer container = BaseContainer.With(new Dictionary<string, string?>());
        Assert.That(container.Dispose, Throws.Nothing);
    }

    private static ServiceProvider Bare()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel();
        return services.BuildServiceProvider();
    }

    private static Action<DiscordIntelOptions> Answering(string model, string inputTokens = "1000") => options =>
    {
        options.Models.Text = model;
        options.OpenAI.PrimaryHandler = () => new Answer(model, inputTokens);
        options.Budget.MonthlyLimitUsd = model is "gpt-5" ? 1000 : null;
    };

    private sealed class Answer(string model, string inputTokens) : HttpMessageHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    $$$"""
                    {"id":"c1","object":"chat.completion","created":1,"model":"{{{model}}}","choices":[{"index":0,"message":{"role":"assistant","content":"Hi.","refusal":null},"finish_reason":"stop"}],
                     "usage":{"prompt_tokens":{{{inputTokens}}},"completion_tokens":100,"total_tokens":1100}}
                    """,
                    Encoding.UTF8,
                    "application/json"),
            });

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
