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
    public async Task Streams()
    {
        #region testing-stream
        // The first chunk names the role; two words come, then the connection breaks.
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue(EmulatorReply.Text("One two three four.").ResetAfter(chunks: 3));
        #endregion

        TextClient text = Emulated.Client(emulator).Text;
        #region testing-stream-read
        StepResult<StreamChunk>? last = null;
        await foreach (StepResult<StreamChunk> chunk in text.StreamAsync("Count to four.", Emulated.Scope))
        {
            last = chunk;
        }

        Assert.That(last?.Error?.Partial, Is.EqualTo("One two"));
        Assert.That(emulator.Requests[0].Chunks, Is.EqualTo(3));             // how many were produced
        Assert.That(emulator.Billed[0].OutputTokens, Is.EqualTo(2));         // and what they would be charged as
        #endregion
    }

    [Test]
    public async Task Port()
    {
        #region testing-port
        var emulator = new OpenAIEmulator();
        await using EmulatorServer server = await emulator.ListenAsync();    // a free port; ListenAsync(4010) for a given one

        var services = new ServiceCollection();
        services.AddDiscordIntel(options => options.OpenAI.BaseUrl = server.BaseUrl.ToString());
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        StepResult<string> answer = await provider.GetRequiredService<TextClient>().CompleteAsync("Hello?", Emulated.Scope);
        Assert.That((answer.IsSuccess, emulator.Requests.Count), Is.EqualTo((true, 1)), answer.Error?.ToString());
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
