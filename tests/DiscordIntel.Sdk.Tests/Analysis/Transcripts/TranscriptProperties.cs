using DiscordIntel.Analysis.Transcripts;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Transcripts;

/// <summary>What is written in one of the forms is read back turn by turn, whatever stands in the words.</summary>
internal sealed class TranscriptProperties
{
    private static readonly string[] Names = ["Mara", "Jonas", "kestrel", "turnip42", "Ana María", "משה", "花子", "🦊 Fox", "ДАША", "o'neil_x", "Ann#1234", "dot.ted_name.", "𝓜𝓪𝓻𝓪", "김철수"];

    private static readonly string[] Words =
    [
        "yes", "We left at 21:04.", "see https://example.org/a: there", "so, look:\n> Mara: quoted\nand on", "Note: this is text", "{\"name\": \"x\"}", "16:9 😭 👩🏽‍💻",
        "two\n\nparagraphs", "@Jonas no", "Jonas replied to Mara: hm", "\"Mara: hi\" he said", "כן, בטח", "a long - long - line.", "[Exit.]", "at least\n- one\n- two",
    ];

    private static readonly Func<string, string>[] Labels =
    [
        name => $"{name}: ", name => $"**{name}:** ", name => $"**{name}**: ", name => $"{name}:\n", name => $"[21:04] {name}: ", name => $"[11/23/2026 9:04 PM] {name}: ",
        name => $"{name} — Today at 21:04\n", name => $"{name} — 23/11/2026 21:04\n", name => $"{name} - Today at 9:04 PM\n", name => $"  {name}: ",
        name => $"[23-Nov-26 08:56 AM] {name}\n", name => $"[11/23/2026 8:56 AM] {name} (pinned)\n", name => $"[21:04] {name}\n", name => $"<{name}> ", name => $"[21:04] <{name}> ",
        name => $"21:04 <{name}> ", name => $"2026-11-23 08:56 {name}: ", name => $"21:04 - {name}: ", name => $"23/11/2026, 9:04 PM - {name}: ", name => $"(21:04:05) {name}: ",
        name => $"@{name} replying to @Zoe: ", name => $"{name} (replying to Zoe): ", name => $"**{name}** (replying to Zoe): ", name => $"{name} replied to Zoe: ",
        name => $"↳ {name}: ", name => $"  ↳ {name}: ", name => $"{name} → Zoe: ", name => $"{name} [9:04 PM]: ", name => $"{name} (angrily): ",
    ];

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Read_WrittenTranscript_GivesTheTurnsBack() => Prop.ForAll(
        (from label in Gen.Elements(Labels)
         from ending in Gen.Elements("\n", "\r\n", "\r")
         from gap in Gen.Elements("\n", "\n\n")
         from names in Gen.Shuffle(Names).Select(all => all.Take(3).ToArray())
         from more in Gen.Elements(0, 1, 2).ListOf()
         from said in Gen.Elements(Words).ListOf(6 + more.Count)
         let turns = names.Concat(names).Concat(more.Select(i => names[i])).Zip(said).ToArray()
         let content = string.Join(gap, turns.Select(turn => label(turn.First) + turn.Second))
         select (Turns: turns.Select(turn => (turn.First, turn.Second.Replace("\n", ending, StringComparison.Ordinal))).ToArray(),
             Content: content.Replace("\n", ending, StringComparison.Ordinal))).ToArbitrary(),
        sample =>
        {
            var transcript = Transcript.Read(sample.Content);
            Lawful.Check(transcript, sample.Content);
            Assert.That(transcript.Turns.Select(turn => (turn.Speaker, sample.Content[turn.TextStart..turn.End].TrimEnd())), Is.EqualTo(sample.Turns));
        });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Read_AnyText_IsLawful() => Prop.ForAll(
        Texts.Any.ToArbitrary(),
        content =>
        {
            var transcript = Transcript.Read(content);
            Lawful.Check(transcript, content);
            for (int at = -1; at <= content.Length; at++)
            {
                Turn? there = transcript.Turns.Cast<Turn?>().SingleOrDefault(turn => turn!.Value.Start <= at && at < turn.Value.End);
                Quoted? quote = transcript.Quoted.Cast<Quoted?>().SingleOrDefault(quoted => quoted!.Value.Start <= at && at < quoted.Value.End);
                Assert.That(transcript.SpeakerAt(at), Is.EqualTo(quote is { } quoted ? quoted.Speaker : there?.Speaker));
            }
        });
}
