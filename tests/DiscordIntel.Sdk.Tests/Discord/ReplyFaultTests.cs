using DiscordIntel.Discord;
using DiscordIntel.Results;
using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

internal sealed class ReplyFaultTests
{
    private static readonly ReplyCase Short = new() { Document = "one two three four", Chunks = [4], Pauses = [TimeSpan.FromMilliseconds(600)] };

    [Test]
    public void RunAsync_RateLimitedPreview_IsWrittenWithTheNewestText()
    {
        ReplyLog log = On(1, SinkAct.RateLimit).Run();
        FakeCall[] calls = [.. log.Discord.Calls];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls[2].At - calls[1].EndedAt, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1.5)));
            Assert.That(calls[2].Message.Content, Is.Not.EqualTo(calls[1].Message.Content).And.Contains("three"));
            Assert.That(log.Outcome.RateLimited, Is.EqualTo(1));
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Completed));
        }
    }

    [Test]
    public void RunAsync_PostThatMayHaveArrived_IsRepeatedOnceAndSaid()
    {
        ReplyLog log = On(0, SinkAct.FailAfter).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.PossiblyDuplicated, Is.True);
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Completed));
            Assert.That(log.Discord.Calls.Count(call => call.IsPost), Is.EqualTo(2));
        }
    }

    [Test]
    public void RunAsync_PostThatMayHaveArrivedTwice_IsGivenUp()
    {
        ReplyLog log = (Short with { Script = new Dictionary<int, SinkAct> { [0] = SinkAct.FailAfter, [1] = SinkAct.ThrowAnything } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Undeliverable));
            Assert.That(log.Outcome.SinkFault, Is.InstanceOf<HttpRequestException>());
            Assert.That(log.Model.WasCancelled, Is.True);
        }
    }

    [TestCase(SinkAct.Forbid, ReplyEnd.Undeliverable)]
    [TestCase(SinkAct.Quota, ReplyEnd.Undeliverable)]
    [TestCase(SinkAct.Expire, ReplyEnd.Expired)]
    public void RunAsync_FatalFault_IsTheLastCall(object act, object end)
    {
        ReplyLog log = On(0, (SinkAct)act).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo((ReplyEnd)end));
            Assert.That(log.Discord.Calls, Has.Count.EqualTo(1));
            Assert.That(log.Model.WasCancelled, Is.True);
        }
    }

    [Test]
    public void RunAsync_FirstMessageDeleted_EndsTheReply()
    {
        ReplyLog log = On(1, SinkAct.DeleteFirst).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.MessageGone));
            Assert.That(log.Discord.Calls, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public void RunAsync_FirstMessageDeletedBeforeItIsFull_EndsTheReply()
    {
        ReplyCase two = Short with { Document = string.Concat(Enumerable.Repeat("word ", 40)), MaxChars = 64, Pauses = [TimeSpan.FromMilliseconds(200)] };
        int seal = two.Run().Discord.Calls.First(call => call.Message.State == ReplyState.Final).Number;
        ReplyLog log = (two with { Script = new Dictionary<int, SinkAct> { [seal] = SinkAct.DeleteThis } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seal, Is.GreaterThan(0));
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.MessageGone));
            Assert.That(log.Discord.Calls, Has.Count.EqualTo(seal + 1));
        }
    }

    [Test]
    public void RunAsync_LastEditFailsAgainAndAgain_IsTriedFiveTimes()
    {
        ReplyLog log = (Short with { Script = Enumerable.Range(1, 60).ToDictionary(call => call, _ => SinkAct.FailBefore) }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Undeliverable));
            Assert.That(log.Discord.Calls.Count(call => call.Message.State == ReplyState.Final), Is.EqualTo(5));
        }
    }

    [Test]
    public void RunAsync_AcknowledgementThatNeverComes_IsGivenUpAfterTheGrace()
    {
        ReplyLog log = (Short with { AckedAt = TimeSpan.FromMinutes(1) }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Expired));
            Assert.That(log.Discord.Calls[^1].At, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(log.Discord.Calls, Has.Count.GreaterThan(4));
        }
    }

    [Test]
    public void RunAsync_SinkThatNeverComesBack_IsLeftBehind()
    {
        ReplyLog log = (Short with { Script = new Dictionary<int, SinkAct> { [0] = SinkAct.HangForGood, [1] = SinkAct.HangForGood } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Undeliverable));
            Assert.That(log.EndedAt, Is.LessThan(TimeSpan.FromSeconds(70)));
        }
    }

    [TestCase(ModelEnd.Throws, StepErrorKind.Unexpected)]
    [TestCase(ModelEnd.WithoutFinal, StepErrorKind.StreamInterrupted)]
    public void RunAsync_StreamThatBreaksOff_KeepsTheTextWithoutDetails(object how, object kind)
    {
        ReplyLog log = (Short with { ModelEnd = (ModelEnd)how }).Run();
        string content = log.Discord.Shown[0].Message.Content;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.ModelFailed));
            Assert.That(log.Outcome.Error!.Kind, Is.EqualTo((StepErrorKind)kind));
            Assert.That(content, Does.StartWith("one two three four\n-# ").And.Not.Contains(ScriptedModel.Secret).And.Not.Contains("Exception"));
        }
    }

    [Test]
    public void RunAsync_StreamThatFailsAtOnce_ShowsTheSentenceAlone()
    {
        ReplyLog log = (Short with { Document = "", ModelEnd = ModelEnd.Error }).Run();
        Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo("-# The service is away (see https: //status.test)."));
    }

    [Test]
    public void RunAsync_StoppedBeforeItBegan_SaysSoOnly()
    {
        ReplyLog log = (Short with { StopAt = TimeSpan.Zero }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Stopped));
            Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo("-# Stopped."));
            Assert.That(log.Discord.Calls, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void RunAsync_StoppedTwice_EndsOnce()
    {
        using var stop = new CancellationTokenSource();
        var time = new VirtualTime();
        var discord = new FakeDiscord(time, new ReplyLimits(), new Dictionary<int, SinkAct>());
        var model = new ScriptedModel(time, [StreamChunk.Of("a")], [TimeSpan.FromSeconds(1)], ModelEnd.Never);
        discord.Called = _ => stop.Cancel();
        ReplyOutcome outcome = time.Run(() => new DiscordReplyStreamer(time: time).RunAsync(model.StreamAsync(), discord, stop.Token), TimeSpan.FromMinutes(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Stopped));
            Assert.That(discord.Calls.Count(call => call.Message.State == ReplyState.Stopped), Is.EqualTo(1));
        }
    }

    [Test]
    public void RunAsync_ModelThatIgnoresItsToken_IsLeftBehind()
    {
        var time = new VirtualTime();
        var never = new TaskCompletionSource();
        async IAsyncEnumerable<StepResult<StreamChunk>> Stream()
        {
            await never.Task;
            yield return StepResult.Success(StreamChunk.Final());
        }

        var discord = new FakeDiscord(time, new ReplyLimits(), new Dictionary<int, SinkAct>());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        ReplyOutcome outcome = time.Run(() => new DiscordReplyStreamer(time: time).RunAsync(Stream(), discord, stop.Token), TimeSpan.FromMinutes(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Stopped));
            Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)));
        }
    }

    [Test]
    public void RunAsync_TextBeyondTheMost_IsTruncatedAndTheModelCancelled()
    {
        ReplyLog log = (Short with { Document = new string('a', 3_000), Chunks = [100], Pauses = [TimeSpan.Zero], MaxAnswerChars = 1_000, ModelEnd = ModelEnd.Never }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Truncated));
            Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo(new string('a', 1_000) + "\n-# The answer became too long and was cut off."));
            Assert.That(log.Model.TakenAt, Has.Count.EqualTo(11));
        }
    }

    private static ReplyCase On(int call, SinkAct act) => Short with { Script = new Dictionary<int, SinkAct> { [call] = act } };
}
