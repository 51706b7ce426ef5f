using DiscordIntel.Discord;
using DiscordIntel.Results;
using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

/// <summary>What is refused before anything is written.</summary>
internal sealed class ReplyArgumentsTests
{
    private static IEnumerable<ReplyLimits> WrongLimits =>
    [
        new() { MaxChars = 63 },
        new() { MaxChars = 4001 },
        new() { MaxMessages = 0 },
        new() { MaxMessages = 21 },
        new() { MaxFileBytes = -1 },
    ];

    private static IEnumerable<ReplyStreamerOptions> WrongOptions =>
    [
        new() { MaxAnswerChars = 999 },
        new() { MaxAnswerChars = 1_000_001 },
        new() { AckGrace = TimeSpan.FromSeconds(-1) },
        new() { AckGrace = TimeSpan.FromSeconds(61) },
        new() { Cursor = "`" },
        new() { Cursor = "a|" },
        new() { Cursor = "123456789" },
        new() { Cursor = null! },
        new() { Lines = null! },
        new() { Links = null! },
    ];

    [TestCaseSource(nameof(WrongLimits))]
    public void RunAsync_LimitOutOfRange_Throws(ReplyLimits limits) =>
        Assert.That(() => new DiscordReplyStreamer().RunAsync(Nothing(), Sink(limits)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCaseSource(nameof(WrongOptions))]
    public void Constructor_OptionOutOfRange_Throws(ReplyStreamerOptions options) =>
        Assert.That(() => new DiscordReplyStreamer(options), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void RunAsync_Null_Throws()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new DiscordReplyStreamer().RunAsync(null!, Sink(new())), Throws.ArgumentNullException);
            Assert.That(() => new DiscordReplyStreamer().RunAsync(Nothing(), null!), Throws.ArgumentNullException);
            Assert.That(() => new DiscordReplyStreamer().RunAsync(Nothing(), Sink(null!)), Throws.ArgumentNullException);
            Assert.That(() => new ReplyMessageId(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void DiscordText_Null_Throws()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => DiscordText.Normalize(null!), Throws.ArgumentNullException);
            Assert.That(() => DiscordText.Split(null!), Throws.ArgumentNullException);
            Assert.That(() => DiscordText.EscapeMarkdown(null!), Throws.ArgumentNullException);
            Assert.That(() => DiscordText.ApplyLinkPolicy(null!, LinkPolicy.Default), Throws.ArgumentNullException);
            Assert.That(() => DiscordText.ApplyLinkPolicy("a", null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void ReplyMessageId_Default_IsEmpty()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(default(ReplyMessageId).Value, Is.Empty);
            Assert.That(new ReplyMessageId("@original").ToString(), Is.EqualTo("@original"));
        }
    }

    private static IAsyncEnumerable<StepResult<StreamChunk>> Nothing() => AsyncEnumerable.Empty<StepResult<StreamChunk>>();

    private static FakeDiscord Sink(ReplyLimits limits) => new(new VirtualTime(), limits, new Dictionary<int, SinkAct>());
}
