using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Text;
using DiscordIntel.Tests.Structured;
using NSubstitute;
using NUnit.Framework;

namespace DiscordIntel.Tests;

/// <summary>A bot's own tests need no provider, no container and no emulator: every client can be replaced.</summary>
internal sealed class SubstitutionTests
{
    private static readonly IntelScope Scope = IntelScope.DirectMessage(1);

    [Test]
    public async Task EveryClient_CanBeSubstitutedAndGivesWhatItIsTold()
    {
        TextClient text = Substitute.For<TextClient>();
        StructuredOutputClient structured = Substitute.For<StructuredOutputClient>();
        AnalysisClient analysis = Substitute.For<AnalysisClient>();
        DiscordIntelClient intel = Substitute.For<DiscordIntelClient>();
        intel.Text.Returns(text);
        intel.Structured.Returns(structured);
        intel.Analysis.Returns(analysis);
        var ruling = new Ruling { Winner = "Mara", Score = 8, Margin = Margin.Clear };
        var receipt = new StepReceipt { Attempts = 1, Cost = 0.001m };
        text.CompleteAsync("Hello", Scope, Arg.Any<CancellationToken>()).Returns(StepResult.Success("Hi", receipt));
        structured.GenerateAsync<Ruling>("Who won?", Scope, Arg.Any<CancellationToken>()).Returns(StepResult.Success(ruling));
        analysis.AnalyzeAsync("text", AnalysisKind.Debate, Scope, Arg.Any<CancellationToken>())
            .Returns(StepResult.Failure<ContentAnalysis>(new StepError { Kind = StepErrorKind.RateLimited, Message = "429" }));

        StepResult<string> said = await intel.Text.CompleteAsync("Hello", Scope);
        StepResult<Ruling> ruled = await intel.Structured.GenerateAsync<Ruling>("Who won?", Scope);
        StepResult<ContentAnalysis> read = await intel.Analysis.AnalyzeAsync("text", AnalysisKind.Debate, Scope);

        Assert.That((said.Value, said.Receipt), Is.EqualTo(("Hi", receipt)));
        Assert.That(ruled.ValueOrThrow(), Is.SameAs(ruling));
        Assert.That(read.Match(a => a.Summary, e => e.UserMessage), Is.EqualTo("Too many requests right now. Please try again in a moment."));
    }

    [Test]
    public async Task EveryStream_CanBeSubstitutedAndGivesWhatItIsTold()
    {
        TextClient text = Substitute.For<TextClient>();
        AnalysisClient analysis = Substitute.For<AnalysisClient>();
        var receipt = new StepReceipt { Attempts = 1, TimeToFirstChunk = TimeSpan.FromSeconds(1) };
        StepResult<StreamChunk>[] whole = [StepResult.Success(StreamChunk.Of("Hi")), StepResult.Success(StreamChunk.Final(), receipt)];
        StepResult<StreamChunk>[] broken =
            [StepResult.Success(StreamChunk.Of("Fai")), StepResult.Failure<StreamChunk>(new StepError { Kind = StepErrorKind.StreamInterrupted, Message = "cut", Partial = "Fai" })];
        text.StreamAsync("Hello", Scope, Arg.Any<CancellationToken>()).Returns(whole.ToAsyncEnumerable());
        analysis.StreamAsync("text", AnalysisKind.Debate, Scope, Arg.Any<CancellationToken>()).Returns(broken.ToAsyncEnumerable());
        analysis.StreamAsync(Arg.Any<AnalysisRequest>(), Scope, Arg.Any<CancellationToken>()).Returns(whole.ToAsyncEnumerable());
        text.StreamAsync(Arg.Any<TextRequest>(), Scope, Arg.Any<CancellationToken>()).Returns(broken.ToAsyncEnumerable());

        Assert.That(await text.StreamAsync("Hello", Scope).ToListAsync(), Is.EqualTo(whole));
        Assert.That(await text.StreamAsync(TextRequest.Of("Hello"), Scope).ToListAsync(), Is.EqualTo(broken));
        Assert.That(await analysis.StreamAsync("text", AnalysisKind.Debate, Scope).ToListAsync(), Is.EqualTo(broken));
        Assert.That(await analysis.StreamAsync(new AnalysisRequest { Content = "text", Kind = AnalysisKind.Debate }, Scope).ToListAsync(), Is.EqualTo(whole));
        Assert.That((whole[1].Value.IsFinal, whole[1].Value.FinishReason, whole[1].Receipt.TimeToFirstChunk), Is.EqualTo((true, "stop", (TimeSpan?)TimeSpan.FromSeconds(1))));
    }
}
