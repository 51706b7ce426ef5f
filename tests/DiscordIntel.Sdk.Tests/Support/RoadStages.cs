using DiscordIntel.Pipeline;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Support;

/// <summary>A pipeline of two recording stages over a hand-made provider.</summary>
internal abstract class RoadStages
{
    private static readonly string[] BothInAndOut = ["outer in", "inner in", "inner end", "outer end"];

    protected List<string> Journal { get; private set; } = null!;

    protected RoadStage Outer { get; private set; } = null!;

    protected RoadStage Inner { get; private set; } = null!;

    protected RoadHost Host { get; private set; } = null!;

    [SetUp]
    public void SetUp()
    {
        Journal = [];
        Outer = new RoadStage("outer", Journal);
        Inner = new RoadStage("inner", Journal);
        Host = new RoadHost();
    }

    [TearDown]
    public void TearDown() => Host.Dispose();

    protected static ModelCall<string> Call(GenerationOptions? generation = null) =>
        new() { Operation = "test", Messages = [new(ChatRole.User, "Hi")], Generation = generation, Read = static reply => Reading<string>.Of(reply.Text) };

    protected IntelPipeline Pipeline(IChatClient client, params PipelineStage[] stages) => Host.Pipeline(client, stages);

    protected void AssertEndedOnce(Func<CallOutcome, bool> rightly)
    {
        Assert.That(Journal, Is.EqualTo(BothInAndOut));
        Assert.That(Outer.Ends, Has.Count.EqualTo(1).And.All.Matches<CallOutcome>(outcome => rightly(outcome)));
        Assert.That(Inner.Ends, Is.EqualTo(Outer.Ends));
    }
}
