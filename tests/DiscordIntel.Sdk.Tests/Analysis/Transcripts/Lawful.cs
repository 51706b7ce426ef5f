using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

/// <summary>What holds for every transcript of any text.</summary>
internal static class Lawful
{
    public static void Check(Transcript transcript, string content)
    {
        Turn before = default;
        foreach (Turn turn in transcript.Turns)
        {
            bool holds = before.Speaker is null ? turn.Start >= 0 : turn.Start == before.End && turn.Start > before.Start;
            holds &= turn.Start < turn.TextStart && turn.TextStart <= turn.End && turn.End <= content.Length;
            holds &= turn.Start == 0 || content[turn.Start - 1] is '\n' or '\r';
            holds &= turn.TextStart == turn.End || !char.IsWhiteSpace(content[turn.TextStart]);
            holds &= turn.Speaker.Length is > 0 and <= 40 && content[turn.Start..turn.TextStart].Contains(turn.Speaker, StringComparison.OrdinalIgnoreCase);
            if (!holds)
            {
                Assert.Fail($"{turn} after {before}");
            }

            before = turn;
        }

        int end = 0;
        foreach (Quoted quoted in transcript.Quoted)
        {
            bool stands = quoted.Start >= end && quoted.End > quoted.Start && transcript.IndexAt(quoted.Start) is var index and >= 0
                && quoted.Start >= transcript.Turns[index].TextStart && quoted.End <= transcript.Turns[index].End
                && (quoted.Speaker is null || transcript.Speakers.Contains(quoted.Speaker));
            end = stands ? quoted.End : throw new AssertionException($"{quoted} after {end}");
        }

        Assert.That(before.Speaker is null || before.End == content.Length);
        Assert.That(transcript.Speakers, Is.EqualTo(transcript.Turns.Select(turn => turn.Speaker).Distinct()));
    }
}
