using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.TestKit;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

internal sealed class RealTranscriptTests
{
    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Read_Euthyphro_GivesTwoSpeakersInTurn(string ending)
    {
        string content = Shared("euthyphro.txt", ending);
        var transcript = Transcript.Read(content);

        Lawful.Check(transcript, content);
        Assert.That(transcript.Speakers, Is.EqualTo(new[] { "EUTHYPHRO", "SOCRATES" }));
        Assert.That(transcript.Turns, Has.Count.EqualTo(232));
        Assert.That(transcript.Turns.Where(turn => turn.TextStart == turn.End), Is.Empty);
        Assert.That(transcript.Turns.Select((turn, i) => turn.Speaker == transcript.Speakers[i % 2]), Is.All.True);
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Read_ForumScene_GivesEverySpeaker(string ending)
    {
        string content = Shared("julius-caesar-forum.txt", ending);
        var transcript = Transcript.Read(content);

        Lawful.Check(transcript, content);
        Assert.That(transcript.Speakers, Is.EqualTo(new[]
        {
            "CITIZENS", "BRUTUS", "FIRST CITIZEN", "SECOND CITIZEN", "THIRD CITIZEN", "FOURTH CITIZEN", "ANTONY", "SERVANT",
        }));
        Assert.That(transcript.Turns, Has.Count.EqualTo(92));
        Assert.That(transcript.Turns.Where(turn => turn.TextStart == turn.End), Is.Empty);
        Assert.That(transcript.SpeakerAt(content.IndexOf("Friends, Romans", StringComparison.Ordinal)), Is.EqualTo("ANTONY"));
        Assert.That(transcript.SpeakerAt(content.IndexOf("The Forum", StringComparison.Ordinal)), Is.Null);
    }

    [Test]
    public void Read_SampleDebate_IsOneTurnALine()
    {
        string content = Sample("debate-night-buses.txt");
        var transcript = Transcript.Read(content);

        Lawful.Check(transcript, content);
        Assert.That(transcript.Speakers, Is.EqualTo(new[] { "Mara", "Jonas" }));
        Assert.That(transcript.Turns, Has.Count.EqualTo(69));
    }

    [Test]
    public void Read_SampleChat_IsOneTurnALine()
    {
        string content = Sample("chat-patch-day.txt");
        var transcript = Transcript.Read(content);

        Lawful.Check(transcript, content);
        Assert.That(transcript.Speakers, Is.EqualTo(new[] { "kestrel", "mopsi", "turnip42", "Brandt" }));
        Assert.That(transcript.Turns, Has.Count.EqualTo(24));
    }

    [Test]
    public void Read_ProseOfTheRepository_HasNoSpeakers()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(BaseSource.Root.FullName, "*.md"),
            .. Directory.EnumerateFiles(Path.Combine(BaseSource.Root.FullName, "docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(BaseSource.Root.FullName, "samples"), "*.md", SearchOption.AllDirectories),
        ];
        Assert.That(files, Has.Length.GreaterThan(2));
        Assert.That(files.Where(file => Transcript.Read(File.ReadAllText(file)).Turns.Count > 0), Is.Empty);
    }

    public static string Shared(string file, string ending = "\n")
    {
        if (SharedMaterial.Find("texts") is not { } folder)
        {
            Assert.Ignore("shared/texts is not here; DISCORDINTEL_SHARED may name the shared folder.");
            throw new InvalidOperationException("Ignored.");
        }

        return File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings(ending);
    }

    public static string Sample(string file) => File.ReadAllText(Path.Combine(BaseSource.Root.FullName, "samples", "data", file));
}
