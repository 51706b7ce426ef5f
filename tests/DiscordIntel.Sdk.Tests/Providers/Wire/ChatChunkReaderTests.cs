using System.Text;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ChatChunkReaderTests
{
    private static readonly string[] Heads =
    [
        """{"id":"a","model":"m",""",
        """{"id":"a","model":"n",""",
        """{"id":"","object":{"choices":[1]},"created":17,""",
        """{"usage":{"prompt_tokens":3,"completion_tokens":4},""",
        """{"error":null,""",
        """{"choices":[{"delta":{"content":"early"}}],""",
        $$"""{"id":"{{new string('l', 600)}}",""",
        "{",
        "",
        "{17",
    ];

    private static readonly string[] Tails =
    [
        """
        "choices":[{"index":0,"delta":{"content":"text"}}],"usage":null}
        """,
        """
        "choices":[{"delta":{"content":"behind"},"index":0},{"delta":{"content":"not this"},"index":1}]}
        """,
        """
        "choices":[{"index":1,"delta":{"content":"other"},"finish_reason":"stop"},{"finish_reason":"length"}]}
        """,
        """
        "choices":[{}]}
        """,
        """
        "choices":[{"index":2}]}
        """,
        """
        "\u0063hoices":[],"usage":{"prompt_tokens":5,"completion_tokens":6}}
        """,
        """
        "choices":null}
        """,
        """
        "usage":null}
        """,
        """
        "choices":[{"delta":17}]}
        """,
        """
        "choices":[{"delta":{"content":"cut
        """,
        """
        "choices":[]} more
        """,
    ];

    // What one event said before must not change how the next is read: its beginning, when it is the same, is not read again.
    [Test]
    public void Read_BehindAnyOther_GivesWhatItGivesAlone()
    {
        string[] events = [.. from head in Heads from tail in Tails select head + tail];
        (string? Text, long? FaultAt, bool HasChoice)[] alone = [.. events.Select(static one => Read(new ChatChunkReader(), one))];
        Assert.That(alone.Select(static one => one.Text).Distinct(), Is.SupersetOf(new[] { null, "text", "behind", "early" }));
        Assert.That(alone.Select(static one => one.FaultAt).Distinct().Count(), Is.GreaterThan(10), "and some of them are faulty, in many places");
        Assert.Multiple(() =>
        {
            for (int first = 0; first < events.Length; first++)
            {
                for (int second = 0; second < events.Length; second++)
                {
                    var reader = new ChatChunkReader();
                    Read(reader, events[first]);
                    (string?, long?, bool) got = Read(reader, events[second]);
                    bool hasChoice = alone[first].HasChoice || alone[second].HasChoice;
                    if (got != (alone[second].Text, alone[second].FaultAt, hasChoice))
                    {
                        Assert.Fail($"{events[second]} behind {events[first]} gives {got}.");
                    }
                }
            }
        });
    }

    [TestCase("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""", "a", true)]
    [TestCase("""{"choices":[{"delta":{"content":"a"},"finish_reason":null,"index":0}]}""", "a", true)]
    [TestCase("""{"choices":[{"delta":{"content":"a"}}]}""", "a", true)]
    [TestCase("""{"choices":[{"index":null,"delta":{"content":"a"}}]}""", "a", true)]
    [TestCase("""{"choices":[{"index":1,"delta":{"content":"a"}}]}""", null, false)]
    [TestCase("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop","index":1}]}""", null, false)]
    [TestCase("""{"choices":[{"index":0,"delta":{"content":"a"},"index":1}]}""", "a", true)]
    [TestCase("""{"choices":[{}]}""", null, true)]
    public void Read_Choices_GivesTheFirstWhereverItsIndexStands(string data, string? text, bool hasChoice)
    {
        Assert.That(Read(new ChatChunkReader(), data), Is.EqualTo((text, (long?)null, hasChoice)));
    }

    [Test]
    public void Read_SameBeginning_KeepsWhatStandsBehindIt()
    {
        var reader = new ChatChunkReader();
        Read(reader, Heads[0] + """ "choices":[{"index":0,"delta":{"content":"a"}}],"service_tier":"default"}""");
        Read(reader, Heads[0] + """ "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
        Read(reader, Heads[0] + """ "choices":[],"usage":{"prompt_tokens":5,"completion_tokens":6}}""");
        ChatReply reply = reader.Gather();
        Assert.That(
            (reply.Id, reply.Model, reply.ServiceTier, reply.FinishReason, reply.InputTokens, reply.OutputTokens),
            Is.EqualTo(("a", "m", "default", "stop", (long?)5, (long?)6)));
    }

    private static (string? Text, long? FaultAt, bool HasChoice) Read(ChatChunkReader reader, string data)
    {
        try
        {
            string? text = reader.Read(Encoding.UTF8.GetBytes(data));
            return (text, null, reader.Reply.HasChoice);
        }
        catch (JsonException fault)
        {
            return (null, fault.BytePositionInLine, reader.Reply.HasChoice);
        }
    }
}
