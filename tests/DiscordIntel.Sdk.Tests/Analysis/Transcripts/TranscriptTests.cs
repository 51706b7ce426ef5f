using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

internal sealed class TranscriptTests
{
    [TestCase("Mara: Yes.\nJonas: No.", "Mara|Jonas")]
    [TestCase("Mara: Yes.\n\nMara: Still yes.", "Mara")]
    [TestCase("**Mara:** Yes.\n**Jonas**: No.", "Mara|Jonas")]
    [TestCase("Here is the talk:\n\nMara: Yes.\nJonas: No.\nMara: Yes!", "Mara|Jonas")]
    [TestCase("kestrel: ok\nmopsi: what\nsky wolf: hm\nmopsi: ?", "kestrel|mopsi|sky wolf")]
    [TestCase("SPEAKER 1: Hi.\nSPEAKER 2: Hello.\nSPEAKER 1: So.\nSPEAKER 2: Well.\nSPEAKER 3: Me too.", "SPEAKER 1|SPEAKER 2|SPEAKER 3")]
    [TestCase("Jean-Luc O'Neil_2: Oui.\nDr. Anna von Berg: Ja.", "Jean-Luc O'Neil_2|Dr. Anna von Berg")]
    [TestCase("花子：こんにちは\n太郎：はい\n花子：では", "花子|太郎")]
    [TestCase("מרה: שלום\nיונה: לא\nמרה: כן", "מרה|יונה")]
    [TestCase("\u200Fمارا: نعم\n\u200Fيونس: لا", "مارا|يونس")]
    [TestCase("\uFEFFMara: Yes.\nJonas: No.", "Mara|Jonas")]
    [TestCase("Мара : Да.\nИван : Нет.", "Мара|Иван")]
    [TestCase("🦊 Fox: hi\n👩🏽‍💻Ada: hello\n🦊 Fox: so", "🦊 Fox|👩🏽‍💻Ada")]
    [TestCase("ANTONY: Ay.\nBrutus: Peace.\nAntony: No.", "ANTONY|Brutus")]
    [TestCase("Kes: I\nkes: am somebody else\nKes: ok\nkes: so", "Kes|kes")]
    [TestCase("Mara:\nYes.\n\nJonas:\nNo.\n\nMara:\nWell.", "Mara|Jonas")]
    [TestCase("[21:04] kestrel: ok\n[21:05] mopsi: what", "kestrel|mopsi")]
    [TestCase("[21:04] kestrel: alone", "kestrel")]
    [TestCase("[11/23/2026 9:04 PM] 🔥 DJ: Who? 🔥: ok\n[2026-11-23T21:04:05Z] #1 fan!!: yes", "🔥 DJ|#1 fan!!")]
    [TestCase("[21:04] kestrel replied to mopsi: ok\n[21:05] mopsi: fine", "kestrel|mopsi")]
    [TestCase("kestrel — Today at 21:04\nok\nmopsi — 23/11/2026 21:04\nwhat", "kestrel|mopsi")]
    [TestCase("יונה 🕊 — Today at 9:04 PM\nכן\nkes – Gestern um 21:04 Uhr\nja", "יונה 🕊|kes")]
    [TestCase("BRUTUS.\nPeace.\n\nFIRST CITIZEN.\nHo!\n\nBRUTUS.\nGood countrymen.", "BRUTUS|FIRST CITIZEN")]
    [TestCase("BRUTUS.\nPeace.\nFIRST CITIZEN.\nHo!\nBRUTUS.\nGood countrymen.", "BRUTUS|FIRST CITIZEN")]
    [TestCase("ANTONY\nFriends.\n\nBRUTUS\nRomans.\n\nANTONY\nCountrymen.\n\nBRUTUS\nLovers.\n\nMESSENGER\nSir.", "ANTONY|BRUTUS|MESSENGER")]
    [TestCase("Antony\nFriends.\n\nBrutus\nRomans.\n\nAntony\nCountrymen.", "Antony|Brutus")]
    public void Read_Transcript_NamesEverySpeakerOnce(string content, string speakers)
    {
        foreach (string ending in new[] { "\n", "\r\n", "\r" })
        {
            string text = content.Replace("\n", ending, StringComparison.Ordinal);
            var transcript = Transcript.Read(text);
            Assert.That(string.Join('|', transcript.Speakers), Is.EqualTo(speakers));
            Lawful.Check(transcript, text);
        }
    }

    [TestCase("")]
    [TestCase("\n\n \r\n")]
    [TestCase("Only one sentence here.")]
    [TestCase("Mara: one label alone is none.")]
    [TestCase("We met at noon.\nNote: bring bread.\nIt rained.")]
    [TestCase("Note: bring bread.\nWarning: it is hot.\nP.S.: call me.")]
    [TestCase("It rained.\nPS: call me.\nNote: bring bread.\nNote: and butter.")]
    [TestCase("https://example.org/a\nhttps://example.org/b\nhttp: no\nhttps: no")]
    [TestCase("21:04 we left\n21:05 we came\n21:04: and so on")]
    [TestCase("3: 1 is a ratio\n16: 9 is another\n3: 1 again")]
    [TestCase("# Plan: first\n## Plan: second\n# Plan: third")]
    [TestCase("Chapter 1: The start\nfoo\nChapter 2: The end\nbar")]
    [TestCase("{\n\"name\": \"x\",\n\"age\": 1,\n\"name\": \"y\"\n}")]
    [TestCase("Look at this.\n```\nhost: a\nport: b\nhost: c\n```\nDone.")]
    [TestCase("- milk: two\n- milk: three\n* tea: one")]
    [TestCase("The gods love many things, and say\nto them: go. And it is not\nto them: stay, but he asked\nhim: why?")]
    [TestCase("In other words: no.\n\nIn other words: never.")]
    [TestCase("> Mara: Yes.\n> Jonas: No.\n> Mara: Yes.")]
    [TestCase("@mopsi: hi\n@kes: hi\n@mopsi: hi")]
    [TestCase("Nevermore\nsaid the bird.\n\nNevermore\nit said.")]
    [TestCase("Introduction\nThis is a text.\n\nMethods\nThis, too.\n\nResults\nNone.")]
    [TestCase("The day begins.\nKick-off — Saturday at 21:04\nBring snacks.")]
    [TestCase("The tools.\n\nStep: cut.\n\nIt hurts.\n\nStep: sew.")]
    [TestCase("if GTK3:\n    a\nif GTK3:\n    b\nfor x:\n    c\nfor x:\n    d")]
    [TestCase("Name: a\nVersion: 1\nName: b\nVersion: 2")]
    [TestCase("Pros:\n- cheap\nCons:\n- slow")]
    public void Read_Prose_HasNoSpeakers(string content) => Assert.That(Transcript.Read(content).Turns, Is.Empty);

    [Test]
    public void Read_Turns_StandWhereTheyStand()
    {
        const string content = "At night.\n**Mara:**  Yes.\nAnd no.\n\nJonas: ok\nMara:\n";
        var transcript = Transcript.Read(content);

        Assert.That(transcript.Turns, Is.EqualTo(new[] { new Turn("Mara", 10, 21, 35), new Turn("Jonas", 35, 42, 45), new Turn("Mara", 45, 51, 51) }));
        Assert.That(
            new[] { -1, 0, 9, 10, 34, 35, 44, 45, 50, 51, int.MaxValue, int.MinValue }.Select(transcript.SpeakerAt),
            Is.EqualTo(new[] { null, null, null, "Mara", "Mara", "Jonas", "Jonas", "Mara", "Mara", null, null, null }));
    }

    [Test]
    public void Read_QuotedLines_StandInTheTurnButAreTheWordsOfWhoIsQuoted()
    {
        const string content =
            "Mara: We stay.\n> Jonas: We go\n> to town.\n\n> Zoe: Never.\n> nobody named\nNo.\nJonas: > [21:04] <Mara> stop\ngo >_< on\n>>> Mara: all\nthe rest\nMara: ok\n>:( quoted?";
        var transcript = Transcript.Read(content);

        Assert.That(transcript.Speakers, Is.EqualTo(new[] { "Mara", "Jonas" }));
        Assert.That(transcript.Turns, Has.Count.EqualTo(3));
        Assert.That(
            new[] { "stay", "We go", "to town", "Never", "nobody", "No.", "stop", "go >", "all", "rest", "ok", "quoted?" }
                .Select(words => transcript.SpeakerAt(content.IndexOf(words, StringComparison.Ordinal))),
            Is.EqualTo(new[] { "Mara", "Jonas", "Jonas", null, null, "Mara", "Mara", "Jonas", "Mara", "Mara", "Mara", "Mara" }));
        Assert.That(SpeakerShares.Of(content, transcript).Select(share => (share.Name, share.Turns, share.Words)), Is.EqualTo(new[] { ("Mara", 2, 6), ("Jonas", 1, 3) }));
    }

    [Test]
    public void Read_WhatStandsUnderANameOnItsOwnLine_IsText()
    {
        const string content = "Mara:\nJonas replied to Mara: this is text\n\nJonas:\nok\n\nMara:\nso";
        Assert.That(Transcript.Read(content).Turns.Select(turn => content[turn.TextStart..turn.End].Trim()), Is.EqualTo(new[]
        {
            "Jonas replied to Mara: this is text", "ok", "so",
        }));
    }

    [Test]
    public void Read_ReplyInAStampedLine_KeepsToWhomInTheText()
    {
        const string content = "[21:04] kes replied to mopsi: ok";
        Turn turn = Transcript.Read(content).Turns.Single();
        Assert.That((turn.Speaker, content[turn.TextStart..]), Is.EqualTo(("kes", "replied to mopsi: ok")));
    }

    [Test]
    public void Read_MessageThatImitatesAnotherForm_MakesNoSpeaker()
    {
        const string content = "[21:04] kes: listen\nMara: I agree\nJonas: me too\nMara: kes is right\n[21:05] mopsi: no";
        Assert.That(Transcript.Read(content).Speakers, Is.EqualTo(new[] { "kes", "mopsi" }));
    }

    [Test]
    public void Read_LabelWithinAWrappedParagraph_IsTextWhereBlankLinesPartTheTurns()
    {
        string exchange = string.Concat(Enumerable.Repeat("Mara: No.\n\nJonas: Good.\n\n", 5));
        var transcript = Transcript.Read(exchange + "Mara: I say\nJonas: that is his name.\n\n" + exchange);
        Assert.That(transcript.Turns.Select(turn => turn.Speaker), Is.EqualTo(Enumerable.Range(0, 21).Select(i => i % 2 == (i < 11 ? 0 : 1) ? "Mara" : "Jonas")));
    }

    [Test]
    [CancelAfter(20_000)]
    public void Read_HostileMegabytes_TakeNoQuadraticTime(CancellationToken token)
    {
        // Each would take minutes if a line, a run or a label were looked at anew for each of its characters.
        string[] pieces = ["a:\n", "a: ", "\n", "\r", " ", "```", "[", "[21:04] ", "[21:04] a: ", "a — 21:04\n", "**", "A\nb\n\n", ".", "\u200F", "\uD83D", "\"", "— ", "A. "];
        foreach (string piece in pieces)
        {
            string content = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
            Lawful.Check(Transcript.Read(content), content);
            token.ThrowIfCancellationRequested();
        }
    }
}
