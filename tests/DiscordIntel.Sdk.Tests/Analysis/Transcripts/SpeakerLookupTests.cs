using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

internal sealed class SpeakerLookupTests
{
    private const string Chat = "<Ann#1234> hi\n<kai> ho\n<Kai> ha\n<🦊 Fox> so\n<kes#0001> one\n<kes#0002> two\n<Ann#1234> end";

    [TestCase("Ann#1234", "Ann#1234")]
    [TestCase("Ann", "Ann#1234")]
    [TestCase("@ann", "Ann#1234")]
    [TestCase("<Ann>", "Ann#1234")]
    [TestCase("**Ann**:", "Ann#1234")]
    [TestCase("kai", "kai")]
    [TestCase("Kai", "Kai")]
    [TestCase("Fox", "🦊 Fox")]
    [TestCase("fox#1234", "🦊 Fox")]
    [TestCase("kes#0002", "kes#0002")]
    [TestCase("kes", null)]
    [TestCase("hi", null)]
    [TestCase("Zoe", null)]
    [TestCase(" ", null)]
    [TestCase("!", null)]
    public void Find_InATranscript_NamesTheSpeakerAsTheTextDoes(string named, string? speaker) => Assert.That(Of(Chat).Find(named), Is.EqualTo(speaker));

    [TestCase("As planned, Ann said so.", "ann", "Ann")]
    [TestCase("As planned, Ann said so.", "@Ann:", "Ann")]
    [TestCase("As planned.", "Ann", null)]
    [TestCase("It was Dr. Anna\nvon Berg's idea.", "Dr. Anna von Berg", "Dr. Anna\nvon Berg")]
    [TestCase("昨日、花子は言った。", "花子", "花子")]
    [TestCase("It was.", "…", null)]
    public void Find_InATextWithoutLabels_NeedsTheWord(string content, string named, string? speaker) => Assert.That(Of(content).Find(named), Is.EqualTo(speaker));

    private static SpeakerLookup Of(string content) => new(content, Transcript.Read(content));
}
