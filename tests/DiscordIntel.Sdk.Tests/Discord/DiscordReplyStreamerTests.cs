using DiscordIntel.Discord;
using DiscordIntel.Results;
using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

internal sealed class DiscordReplyStreamerTests
{
    private static readonly ReplyCase Short = new() { Document = "one two three four", Chunks = [4], Pauses = [TimeSpan.FromMilliseconds(600)] };

    private static readonly ReplyCase Long = Short with { Document = string.Concat(Enumerable.Repeat("word ", 100)), MaxChars = 64, MaxMessages = 2, Pauses = [TimeSpan.Zero] };

    [Test]
    public void RunAsync_Answer_GrowsAndEndsWithoutCursor()
    {
        ReplyLog log = Short.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Discord.Calls[0].Message, Is.EqualTo(new ReplyMessage { Content = "one  ▌", State = ReplyState.Partial, Controls = ReplyControls.Stop }));
            Assert.That(log.Discord.Calls[0].At, Is.EqualTo(TimeSpan.FromMilliseconds(600)));
            Assert.That(log.Discord.Calls[^1].Message, Is.EqualTo(new ReplyMessage { Content = Short.Document, State = ReplyState.Final, Controls = ReplyControls.Finished }));
            Assert.That(log.Outcome, Is.EqualTo(new ReplyOutcome
            {
                End = ReplyEnd.Completed,
                Messages = 1,
                SinkCalls = log.Discord.Calls.Count,
                CharsShown = Short.Document.Length,
                Receipt = ScriptedModel.Receipt,
            }));
        }
    }

    [Test]
    public void RunAsync_AnswerThatIsThere_IsOneCall() => Assert.That((Short with { Pauses = [TimeSpan.Zero] }).Run().Discord.Calls, Has.Count.EqualTo(1));

    [Test]
    public void RunAsync_SteadyStream_PausesGrowFromOneToTwoAndAHalfSeconds()
    {
        ReplyLog log = (Short with { Document = new string('a', 400), Chunks = [1], Pauses = [TimeSpan.FromMilliseconds(100)] }).Run();
        TimeSpan[] starts = [.. log.Discord.Calls.Where(call => call.Message.State == ReplyState.Partial).Select(call => call.At)];
        TimeSpan[] gaps = [.. starts.Zip(starts.Skip(1), (one, next) => next - one)];
        Assert.That(gaps.Min(), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(gaps[^1], Is.InRange(TimeSpan.FromSeconds(2.4), TimeSpan.FromSeconds(3.2)));
    }

    [Test]
    public void RunAsync_StatusBeforeAndBetweenText_StandsUntilTextComes()
    {
        ReplyLog log = (Short with { HasStatus = true }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Discord.Calls[0].Message.State, Is.EqualTo(ReplyState.Working));
            Assert.That(log.Discord.Calls[0].Message.Content, Is.EqualTo("-# Looking at 'image' 1 // of 2 at https: //evil.test/x now"));
            Assert.That(log.Discord.Calls[1].Message.Content, Is.EqualTo("one  ▌"));
            Assert.That(log.Discord.Shown[^1].Message.Content, Is.EqualTo(Short.Document));
        }
    }

    [Test]
    public void RunAsync_TooManyMessages_AttachesTheWholeText()
    {
        ReplyLog log = Long.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.OverflowAttached, Is.True);
            Assert.That(log.File, Is.EqualTo(Long.Document));
            Assert.That(log.Discord.Shown, Has.Count.EqualTo(2));
            Assert.That(log.Discord.Shown[1].Message.Content, Does.EndWith("\n-# The whole text is in the fi…"));
            Assert.That(log.Discord.Shown[1].Message.Files[0].Name, Is.EqualTo("answer.md"));
        }
    }

    [Test]
    public void RunAsync_FileTooLargeForDiscord_IsLeftOutAndSaid()
    {
        ReplyLog log = (Long with { Script = new Dictionary<int, SinkAct> { [1] = SinkAct.TooLarge } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Completed));
            Assert.That(log.Outcome.OverflowAttached, Is.False);
            Assert.That(log.Discord.Shown[1].Message.Content, Does.Contain("\n-# The text is too long"));
        }
    }

    [Test]
    public void RunAsync_Stopped_KeepsTheTextAndCancelsTheModel()
    {
        ReplyLog log = (Short with { StopAt = TimeSpan.FromSeconds(1.5) }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Stopped));
            Assert.That(log.Model.EndedAt, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
            Assert.That(log.Discord.Shown[0].Message, Is.EqualTo(new ReplyMessage
            {
                Content = "one two \n-# Stopped.",
                State = ReplyState.Stopped,
                Controls = ReplyControls.Finished,
            }));
        }
    }

    [Test]
    public void RunAsync_ModelFails_KeepsTheTextAndSaysOneSentence()
    {
        ReplyLog log = (Short with { ModelEnd = ModelEnd.Error }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo("one two three four\n-# The service is away (see https: //status.test)."));
            Assert.That(log.Outcome.Error, Is.EqualTo(ScriptedModel.Error));
            Assert.That(log.Outcome.Receipt, Is.EqualTo(ScriptedModel.Receipt));
        }
    }

    [TestCase("https://evil.test", "https: //evil.test")]
    [TestCase("https:||evil.test", "https: //evil.test")]
    [TestCase("[a](https:/\\evil.test)", "[a](https: /\\evil.test)")]
    [TestCase("[a](https:\\\\evil.test)", "[a](https: \\\\evil.test)")]
    [TestCase("in <https:/evil.test>: done", "in <https: /evil.test>: done")]
    public void RunAsync_LinkInALine_IsDead(string line, string shown)
    {
        var time = new VirtualTime();
        var discord = new FakeDiscord(time, new(), new Dictionary<int, SinkAct>());
        var model = new ScriptedModel(time, [], [TimeSpan.Zero], ModelEnd.Final);
        var streamer = new DiscordReplyStreamer(new() { Lines = new() { Empty = line } }, time);
        time.Run(() => streamer.RunAsync(model.StreamAsync(), discord), TimeSpan.FromMinutes(1));
        Assert.That(discord.Shown[0].Message.Content, Is.EqualTo($"-# {shown}"));
    }

    // The last message is cut anew, to make room for its line, and begins in the middle of inline code.
    [Test]
    public void RunAsync_LastMessageBeginsInCode_KeepsTheNextCodeWhole([Range(55, 62)] int length)
    {
        string code = string.Concat(Enumerable.Repeat("word ", 30))[..length];
        ReplyLog log = (Long with { Document = $"`{code}` [a]( `https://a-host-with-a-long-name.evil.test/q` {Long.Document}" }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.OverflowAttached, Is.True);
            Assert.That(log.Discord.Shown.Select(call => LiveLinks.Foreign(call.Message.Content)), Is.All.Null);
            Assert.That(log.Discord.Shown.Select(call => LiveLinks.ForeignByPosition(call.Message.Content)), Is.All.Null);
        }
    }

    [Test]
    public void RunAsync_NothingWasSaid_SaysSo()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Short with { Document = " \n" }).Run().Discord.Shown[0].Message.Content, Is.EqualTo("-# There was no answer."));
            Assert.That((Short with { Document = new string('\n', 200), MaxChars = 64 }).Run().Discord.Shown[0].Message.Content, Is.EqualTo("-# There was no answer."));
        }
    }

    [Test]
    public void RunAsync_ModelNeverEnds_IsWrittenBeforeTheDeadline()
    {
        ReplyLog log = (Short with { ModelEnd = ModelEnd.Never, Deadline = TimeSpan.FromMinutes(14.5) }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Expired));
            Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo("one two three four\n-# The time for this reply ran out."));
            Assert.That(log.Discord.Calls[^1].At, Is.EqualTo(TimeSpan.FromMinutes(14.5) - TimeSpan.FromSeconds(20)));
        }
    }

    [Test]
    public void RunAsync_SlowAcknowledgement_IsWaitedFor()
    {
        ReplyLog log = (Short with { AckedAt = TimeSpan.FromSeconds(4) }).Run();
        Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Completed));
    }

    [Test]
    public void RunAsync_RefusedByDiscord_PutsALineInItsPlace()
    {
        ReplyLog log = (Short with { Script = new Dictionary<int, SinkAct> { [1] = SinkAct.Reject } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Undeliverable));
            Assert.That(log.Discord.Shown[0].Message.Content, Is.EqualTo("-# Discord did not accept this answer."));
            Assert.That(log.Model.WasCancelled, Is.True);
        }
    }

    [Test]
    public void RunAsync_SecondMessageDeleted_GoesOnWithTheThird()
    {
        ReplyCase three = Long with { MaxMessages = 20, Pauses = [TimeSpan.FromMilliseconds(200)] };
        ReplyLog calm = three.Run();
        int seal = calm.Discord.Calls.First(call => call.Index == 1 && call.Message.State == ReplyState.Final).Number;
        ReplyLog log = (three with { Script = new Dictionary<int, SinkAct> { [seal] = SinkAct.DeleteThis } }).Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Outcome.End, Is.EqualTo(ReplyEnd.Completed));
            Assert.That(log.Discord.Shown, Has.Count.EqualTo(calm.Discord.Shown.Count));
        }
    }

    [Test]
    public void RunAsync_Aborted_ThrowsAndClosesTheStream()
    {
        var time = new VirtualTime();
        var discord = new FakeDiscord(time, new ReplyLimits(), new Dictionary<int, SinkAct>());
        var model = new ScriptedModel(time, [StreamChunk.Of("a")], [TimeSpan.FromSeconds(1)], ModelEnd.Never);
        using var abort = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => time.Run(() => new DiscordReplyStreamer(time: time).RunAsync(model.StreamAsync(), discord, abort: abort.Token), TimeSpan.FromMinutes(1)),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(model.EndedAt, Is.EqualTo(TimeSpan.FromSeconds(5)));
        }
    }

    [Test]
    public async Task RunAsync_RealTimeAndThreads_ShowsTheWholeText()
    {
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i} "));
        async IAsyncEnumerable<StepResult<StreamChunk>> Stream()
        {
            foreach (string piece in Documents.Cut(text, [3]))
            {
                await Task.Yield();
                yield return StepResult.Success(StreamChunk.Of(piece));
            }

            yield return StepResult.Success(StreamChunk.Final());
        }

        var sink = new ListSink();
        ReplyOutcome outcome = await new DiscordReplyStreamer().RunAsync(Stream(), sink);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Completed));
            Assert.That(string.Concat(sink.Messages), Is.EqualTo(text));
        }
    }

    private sealed class ListSink : IReplySink
    {
        public List<string> Messages { get; } = [];

        public ReplyLimits Limits { get; } = new();

        public async ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Messages.Add(message.Content);
            return new(Messages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        public async ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Messages[int.Parse(id.Value, System.Globalization.CultureInfo.InvariantCulture) - 1] = message.Content;
        }
    }
}
