using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

/// <summary>The ways in which chats, their exporters and people who copy from them name who speaks, and lines that only look like one of them.</summary>
internal sealed class LabelFormTests
{
    // The text form of DiscordChatExporter.
    [TestCase("[23-Nov-26 08:56 AM] Ann#1234\nhi\n\n[23-Nov-26 08:57 AM] Bob#0001\nhello\nyou", "Ann#1234|Bob#0001")]
    [TestCase("[23-Nov-26 08:56 AM] ann_b\nhi\n\n[23-Nov-26 08:57 AM] bob.c (pinned)\nhello", "ann_b|bob.c")]
    [TestCase("====\nGuild: Home\nChannel: general\n====\n\n[11/23/2026 8:56 AM] ann\nhi\n\n[11/23/2026 8:57 AM] bob\n\n{Attachments}\nx.png\n\n[11/23/2026 8:58 AM] bob\nsee\n", "ann|bob")]
    [TestCase("Guild: Home\nChannel: general\n\n[23.11.2026 08:56] Ann\nhi\n\n[23.11.2026 08:57] Bob\nno", "Ann|Bob")]
    [TestCase("[21:04] Ann\nhi\n[21:05] Bob\nyo\n[21:06] Ann\nso", "Ann|Bob")]

    // IRC and its bridges.
    [TestCase("<Ann> hi\n<Bob> hello\n<Ann> so", "Ann|Bob")]
    [TestCase("<@Ann> hi\n<+Bob_> hello", "Ann|Bob_")]
    [TestCase("[12:01] <Ann> hi\n[12:02] <Bob#1234> what: this", "Ann|Bob#1234")]
    [TestCase("12:01 <Ann> hi\n12:02 <Bob> what: this", "Ann|Bob")]
    [TestCase("Log of the day\n\n<Ann> hi\n<Bob> ho\n<Ann> 1 < 2", "Ann|Bob")]

    // A time without brackets.
    [TestCase("2026-11-23 08:56 Ann: hi\n2026-11-23 08:57 Bob: ho", "Ann|Bob")]
    [TestCase("2026-11-23T08:56:01Z Ann: hi\n2026-11-23T08:57:10Z Bob: ho", "Ann|Bob")]
    [TestCase("12:01 - Ann: hi\n12:02 - Bob: ho", "Ann|Bob")]
    [TestCase("Yesterday:\n12:01 Ann: hi\n12:02 Bob: ho\n12:03 Ann: so", "Ann|Bob")]
    [TestCase("23/11/2026, 12:01 PM - Ann B: hi\n23/11/2026, 12:02\u202FPM - Bob: at 12:30: no", "Ann B|Bob")]
    [TestCase("(12:01:05 PM) Ann: hi\n(12:02:00 PM) Bob: ho", "Ann|Bob")]

    // Copied from Discord.
    [TestCase("Ann — Today at 12:01\nhi\nBob — 23/11/2026 12:01\nho", "Ann|Bob")]
    [TestCase("Ann - Yesterday at 12:01 PM\nhi\nBob - 2026-11-23 12:01\nho", "Ann|Bob")]

    // Replies and threads.
    [TestCase("@Ann: free trams\n@Bob replying to @Ann: who pays\n@Ann replying to @Bob: we do", "Ann|Bob")]
    [TestCase("Ann: free trams\nBob (replying to Ann): who pays\nAnn: we do", "Ann|Bob")]
    [TestCase("Ann: free trams\n↳ Bob: who pays\n  ↳ Ann: we do", "Ann|Bob")]
    [TestCase("Ann: free trams\n└── Bob: who pays\n    └── Cem: we do\nAnn: no", "Ann|Bob|Cem")]
    [TestCase("kestrel replied to mopsi: ok\nmopsi replied to kestrel: no\nkestrel replied to mopsi: ok", "kestrel|mopsi")]
    [TestCase("**Ann** → **Bob**: ok\n**Bob** -> **Ann**: no", "Ann|Bob")]
    [TestCase("Ann (she/her): hi\nBob [12:01 PM]: ho\nAnn (she/her): so", "Ann|Bob")]

    // A model's turns.
    [TestCase("Human: hi\nAI: hello\nHuman: so", "Human|AI")]
    [TestCase("User: hi\n\nAssistant: hello", "User|Assistant")]

    // Indented as a whole, or by turns.
    [TestCase("  Ann: hi\n  Bob: ho\n  Ann: so", "Ann|Bob")]
    [TestCase("So they said:\n\n    Ann: hi\n    Bob: ho\n    Ann: so", "Ann|Bob")]
    [TestCase("\tann: hi\n\tbob: ho", "ann|bob")]
    [TestCase("Ann: hi\n  Bob: ho\nAnn: so\n  Bob: no", "Ann|Bob")]
    [TestCase("  [12:01] Ann: hi\n  [12:02] Bob: ho", "Ann|Bob")]

    // A name that comes once, among lines that all have one.
    [TestCase("The Real Ann Marie: hi\nbob jr: ho\nThe Real Ann Marie: yes", "The Real Ann Marie|bob jr")]
    [TestCase("Ann: hi\nkes: lol\nBOB: ho\nAnn: ok", "Ann|kes|BOB")]

    // Names on lines of their own, with and without blank lines.
    [TestCase("Ann\nhello there friends\nBob\nno way this is\nAnn\nwell\nBob\nok", "Ann|Bob")]
    [TestCase("Ann\nHello there friends.\nIt rains\nBob\nNo\nAnn\nWell\nBob\nOk", "Ann|Bob")]

    // IRC tells what happens.
    [TestCase("<Ann> hi\n<Bob> ho\n* Ann waves\n<@op> kick", "Ann|Bob|op")]
    [TestCase("[12:01] <Ann> hi\n[12:02] * Bob dances\n[12:03] -!- Cy has joined\nmore", "Ann")]
    [TestCase("[12:01] Ann: hi\n[12:02] *** Topic: trams\n[12:03] * Cy: waves\n[12:04] Bob: so", "Ann|Bob")]

    // Names.
    [TestCase("Ann#1234: hi\nbob.c_d#0: ho", "Ann#1234|bob.c_d#0")]
    [TestCase("<김철수> 네\n<Анна_1> да\n<김철수> 음", "김철수|Анна_1")]
    [TestCase("12:01 - 🦊fox: hi\n12:02 - يونس: لا", "🦊fox|يونس")]
    public void Read_Form_NamesEverySpeakerOnce(string content, string speakers)
    {
        foreach (string ending in new[] { "\n", "\r\n" })
        {
            string text = content.ReplaceLineEndings(ending);
            var transcript = Transcript.Read(text);
            Assert.That(string.Join('|', transcript.Speakers), Is.EqualTo(speakers));
            Lawful.Check(transcript, text);
        }
    }

    [TestCase("[00:12.00] Never gonna give you up\n[00:15.10] Never gonna let you down\n[00:18.00] Never gonna give you up")]
    [TestCase("[2026-11-23 08:56:01] Server started\n[2026-11-23 08:56:02] Listening\n[2026-11-23 08:56:03] Server started")]
    [TestCase("2026-11-23 08:56:01 ERROR: no route\n2026-11-23 08:56:02 INFO: ok\n2026-11-23 08:56:03 ERROR: no route")]
    [TestCase("The plan.\n12:30 Lunch: pizza\n13:00 Talk: trams")]
    [TestCase("Minutes.\n[21:04] Opening\nThe chair opens.\n\n[21:10] Budget\nIt is short.")]
    [TestCase("<p> one\n<p> two\n<li> three\n<li> four")]
    [TestCase("<bold> one</bold>\n<bold> two</bold>")]
    [TestCase("<@123456> hi\n<#99> there\n<@123456> so\n<:wave:12> ho")]
    [TestCase("Use a list.\n<T> is a type.")]
    [TestCase("Settings:\n\n    host: a\n    port: b\n    host: c")]
    [TestCase("Look:\n  - name: a\n  - name: b")]
    [TestCase("The tools (all of them): none.\nNote (old): no.\nNote (new): yes.")]
    [TestCase("@mopsi: hi\n@kes: hi\n@mopsi: hi")]
    [TestCase("Speaker (1): hi\nSpeaker (2): ho")]
    [TestCase("Ingredients: flour\nTime: 20 min\nServes: 4\nIngredients: eggs")]
    [TestCase("Verse\nwe go on\nChorus\nla la la\nVerse\nwe stay\nChorus\nla la la")]
    [TestCase("Hello\nHello darkness\nHello\nwho is there")]
    [TestCase("Yes\nNo\nYes\nNo\nand so on")]
    [TestCase("Ann\nYes\nBob\nNo\nAnn\nYes\nBob\nNo")]
    [TestCase("So it begins.\nAnn\nhello\nBob\nno\nAnn\nwell\nBob\nok")]
    [TestCase("He left.\nThen Jonas replied to Mara: \"No.\"\nAnd so on.")]
    public void Read_WhatOnlyLooksLikeOne_HasNoSpeakers(string content) => Assert.That(Transcript.Read(content).Speakers, Is.Empty);

    [TestCase("Mara: my file\n  Host: a\n  Port: b\n  Host: c", "")]
    [TestCase("Mara: my file\n  host: a\n  port: b\n  host: c\nMara: see", "Mara")]
    [TestCase("Ann: see\nand so on\nmilk: two\nAnn: ok", "Ann")]
    [TestCase("Mara: look\n[2026-11-23 08:56] Zoe\nJonas: at what\nMara: never mind", "Mara|Jonas")]
    public void Read_DataWithinAMessage_MakesNoSpeaker(string content, string speakers) =>
        Assert.That(string.Join('|', Transcript.Read(content).Speakers), Is.EqualTo(speakers));

    [Test]
    public void Read_LabelAndText_AreParted()
    {
        const string content = "[23-Nov-26 08:56 AM] Ann#1234\nhi\n\n[23-Nov-26 08:57 AM] Bob\n\n{Attachments}\n\n[23-Nov-26 08:58 AM] Bob\nso\n";
        Assert.That(
            Transcript.Read(content).Turns.Select(turn => (turn.Speaker, content[turn.TextStart..turn.End].Trim())),
            Is.EqualTo(new[] { ("Ann#1234", "hi"), ("Bob", "{Attachments}"), ("Bob", "so") }));
    }

    [TestCase("<Ann> hi\n<Bob> ho\n* Ann waves\n* Zoe waves\n-!- Cy has joined\n<Bob> * so", "hi=Ann|ho=Bob|* Ann=Ann|* Zoe=|-!-=|* so=Bob")]
    [TestCase("[12:01] Ann: hi\n* Ann is a bullet\n[12:02] * Bob dances\n[12:03] *** Topic: trams\n[12:04] Bob: ho", "hi=Ann|* Ann=Ann|dances=Bob|Topic=|ho=Bob")]
    [TestCase("Ann: hi\n* Bob is a bullet.\nBob: ho\nAnn: so", "hi=Ann|* Bob=Ann|ho=Bob")]
    [TestCase(
        "[23-Nov-26 08:56 AM] Ann#1\nhi\n\n{Attachments}\nhttps://a.example/x.png\n\nstill me\n\n[23-Nov-26 08:57 AM] Bob\nho\n{Reactions}\nthumb (2)\n\n==============================================================\nExported 2 message(s)\n==============================================================\n",
        "hi=Ann#1|{Att=|x.png=|still=Ann#1|ho=Bob|{Rea=|thumb=|Exported=")]
    public void SpeakerAt_WhatNobodySays_IsNobodys(string content, string expected)
    {
        foreach (string text in new[] { content, content.ReplaceLineEndings("\r\n") })
        {
            var transcript = Transcript.Read(text);
            Lawful.Check(transcript, text);
            string[] found = [.. expected.Split('|').Select(pair => pair.Split('=')[0]).Select(words => $"{words}={transcript.SpeakerAt(text.IndexOf(words, StringComparison.Ordinal))}")];
            Assert.That(string.Join('|', found), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Shares_Attachments_AreNobodysWords()
    {
        const string content = "[23-Nov-26 08:56 AM] Ann#1\nhi there\n\n{Attachments}\nhttps://a.example/x.png\n\n[23-Nov-26 08:57 AM] Bob\nho\n\n==============================================================\nExported 2 message(s)\n==============================================================\n";
        Assert.That(SpeakerShares.Of(content, Transcript.Read(content)).Select(share => (share.Name, share.Words)), Is.EqualTo(new[] { ("Ann#1", 2), ("Bob", 1) }));
    }
}
