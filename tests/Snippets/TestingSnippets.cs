using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Text;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DiscordIntel.Snippets;

internal sealed class TestingSnippets
{
    #region testing-emulator
    [Test]
    public async Task Judge_WhenTheProviderIsDown_SaysSo()
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Always(EmulatorReply.ServerError(503));
        var services = new ServiceCollection();
        services.AddDiscordIntel(options => options.Resilience.BaseDelay = TimeSpan.Zero).UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        var module = new DebateModule(provider.GetRequiredService<AnalysisClient>());
        string shown = await module.JudgeAsync("Ann: Yes. Bob: No.", 1, 2, 3, CancellationToken.None);

        Assert.That(shown, Is.EqualTo("The AI service is not reachable right now. Please try again later."));
        Assert.That(emulator.Requests, Has.Count.EqualTo(3));
    }
    #endregion

    #region testing-budget
    [Test]
    public async Task Judge_WhenTheServersBudgetIsSpent_SaysSo()
    {
        var emulator = new OpenAIEmulator();
        var services = new ServiceCollection();
        services.AddDiscordIntel(options => options.Budget.TenantMonthlyLimitUsd = 0.01m).UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var module = new DebateModule(provider.GetRequiredService<AnalysisClient>());

        string small = await module.JudgeAsync("Ann: Yes. Bob: No.", 1, 2, 3, CancellationToken.None);
        string large = await module.JudgeAsync(string.Concat(Enumerable.Repeat("Ann: Yes. ", 4000)), 1, 2, 3, CancellationToken.None);

        Assert.That(small, Does.Contain("of 10"));
        Assert.That(large, Is.EqualTo("This month's AI budget is used up. It will be renewed next month."));
        Assert.That(emulator.Requests, Has.Count.EqualTo(1));  // what is refused is never sent
    }
    #endregion

    [Test]
    public async Task Script()
    {
        #region testing-script
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue(
            EmulatorReply.RateLimited(TimeSpan.FromMilliseconds(10)),  // the first request is turned away,
            EmulatorReply.Text("Hello from the second try."));         // its retry is answered
        #endregion

        var services = new ServiceCollection();
        services.AddDiscordIntel().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        StepResult<string> answer = await provider.GetRequiredService<TextClient>().CompleteAsync("Hello?", Emulated.Scope);
        Assert.That(answer.ValueOrThrow(), Is.EqualTo("Hello from the second try."));
    }

    [Test]
    public async Task Substitutes()
    {
        #region testing-substitute
        TextClient text = Substitute.For<TextClient>();
        text.CompleteAsync("Hello?", Arg.Any<IntelScope>(), Arg.Any<CancellationToken>())
            .Returns(StepResult.Success("Hello yourself."));
        #endregion

        Assert.That((await text.CompleteAsync("Hello?", Emulated.Scope)).Value, Is.EqualTo("Hello yourself."));
    }
}
