using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

#pragma warning disable NUnit1027 // FsCheck gives the arguments.

/// <summary>Parts are grouped so that every request is bounded and every stage leaves fewer.</summary>
internal sealed class NoteGroupTests
{
    private const int Most = 4000;

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Of_AnyParts_CoversThemInOrderWithinTheBound() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).Select(seed => new Random(seed))
            .Select(random => Enumerable.Range(1, random.Next(2, 60)).Select(part => Part(part, random.Next(0, 11), random.Next(1, 400))).ToArray()).ToArbitrary(),
        parts =>
        {
            IReadOnlyList<NoteGroup> groups = NoteGroup.Of(parts, [], Most);

            Assert.That(groups.SelectMany(group => group.Parts), Is.EqualTo(parts));
            Assert.That(groups.Select(group => TokenEstimate.Of(group.Text)), Is.All.LessThanOrEqualTo(Most));
            Assert.That(groups, Has.Count.LessThan(parts.Length), "or merging would have no end");
        });

    [Test]
    public void Of_NotesThatFit_AreOneGroup() =>
        Assert.That(NoteGroup.Of([Part(1, 1, 100), Part(2, 1, 100), Part(3, 1, 100)], [], Most).Single().Parts, Has.Count.EqualTo(3));

    [Test]
    public void Of_NotesThatDoNotFit_AreGroupedEvenly() =>
        Assert.That(NoteGroup.Of([.. Enumerable.Range(1, 13).Select(part => Part(part, 3, 390))], [], Most).Select(group => group.Parts.Count), Is.All.InRange(3, 5));

    [Test]
    public void Of_MissingParts_AreNamedWhereTheyBelong()
    {
        ReadPart[] parts = [.. new[] { 2, 3, 7, 8, 10, 11, 12, 14 }.Select(part => Part(part, 10, 390))];

        Assert.That(NoteGroup.Of([Part(2, 1, 9), Part(4, 1, 9)], [1, 3, 5, 6, 7], Most).Single().Text, Does.StartWith("Missing parts: 1, 3, 5 to 7. They could not be read"));
        NoteGroup[] groups = [.. NoteGroup.Of(parts, [1, 4, 5, 6, 9, 13], Most)];
        Assert.That(groups, Has.Length.GreaterThan(1));
        foreach (NoteGroup group in groups)
        {
            bool hasGap = group.Parts[^1].Last - group.Parts[0].First + 1 > group.Parts.Count;
            Assert.That(group.Text.StartsWith("Missing parts: ", StringComparison.Ordinal), Is.EqualTo(hasGap));
        }
    }

    [Test]
    public void Of_ThousandsOfMissingParts_StaysWithinTheBound()
    {
        int[] missing = [.. Enumerable.Range(0, 5000).Select(i => 10_002 + (2 * i))];
        ReadPart[] parts = [Part(10_001, 10, 400), Part(20_001, 10, 400)];

        NoteGroup group = NoteGroup.Of(parts, missing, Most).Single();

        Assert.That(TokenEstimate.Of(group.Text), Is.LessThanOrEqualTo(Most));
        Assert.That(group.Text, Does.Contain(" and others. They could not be read"));
    }

    [Test]
    public void Notes_WithoutRoomForAll_KeepTheFirstOfEachListAndCountTheRest()
    {
        var notes = PartNotes.Of(Part(1, 10, 390), 1000);

        Assert.That((notes.Tokens, notes.LeftOut), Is.EqualTo((notes.Tokens, 10 - notes.Text.Split("Key point: ").Length + 1)));
        Assert.That(notes.Tokens, Is.InRange(800, 1000));
        Assert.That(notes.Text, Does.Contain("Point 1 ").And.Not.Contain("Point 10 "));
    }

    private static ReadPart Part(int number, int points, int length) => new(number, number, 100, new FactCheckReply
    {
        Summary = new string('s', length), Score = 5, Confidence = 0.5, BiasIndicators = [], Claims = [],
        KeyPoints = [.. Enumerable.Range(1, points).Select(i => new PointReply { Text = $"Point {i} {new string('x', Math.Max(1, length - 10))}", Quote = new string('q', length) })],
    });
}
