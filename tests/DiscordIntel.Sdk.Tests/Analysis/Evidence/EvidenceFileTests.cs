using DiscordIntel.Analysis.Evidence;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Evidence;

internal sealed class EvidenceFileTests
{
    private static readonly Uri Address = new("a.md", UriKind.Relative);
    private static readonly DateOnly Written = new(2026, 11, 1);

    [Test]
    public void Passages_FrontMatter_NamesTitleDateAndUrl()
    {
        EvidencePassage passage = Read("---\ntitle: \"Night buses\"\ndate: 2025-04-03T12:00:00Z\nurl: https://example.org/buses\nother: x\n---\n# Heading\n\nWords.").Single();

        Assert.That(passage, Is.EqualTo(new EvidencePassage { Title = "Night buses", Date = new DateOnly(2025, 4, 3), Url = new Uri("https://example.org/buses"), Text = "# Heading\n\nWords." }));
    }

    [TestCase("# Night buses #\r\n\r\nWords.", "Night buses")]
    [TestCase("Words.\n\n## Night buses\nMore.", "Night buses")]
    [TestCase("Words.", "a")]
    [TestCase("#hashtag", "a")]
    [TestCase("---\ntitle:\n---\nWords.", "a")]
    [TestCase("---\n# comment\n---\nWords.", "a")]
    public void Passages_NoTitle_IsTheFirstHeadingOrTheName(string text, string title) =>
        Assert.That(Read(text)[0], Has.Property(nameof(EvidencePassage.Title)).EqualTo(title).And.Property(nameof(EvidencePassage.Date)).EqualTo(Written));

    [TestCase("date: soon\nurl: javascript:alert(1)")]
    [TestCase("date: 2025-13-40\nurl: file:///etc/passwd")]
    [TestCase("url: not an address")]
    public void Passages_FrontMatterThatIsNone_IsPassedOver(string members) =>
        Assert.That(Read($"---\n{members}\n---\nWords."), Is.EqualTo(new[] { new EvidencePassage { Title = "a", Date = Written, Url = Address, Text = "Words." } }));

    [Test]
    public void Passages_Paragraphs_AreJoinedBelowTheirHeadingUpToAThousandCharacters()
    {
        string long1 = new('a', 700);
        string long2 = new('b', 700);

        IEnumerable<string> texts = Read($"# One\n\nFirst.\n\nSecond.\n \n## Two\nThird.\n\n{long1}\n\n{long2}\n").Select(passage => passage.Text);

        Assert.That(texts, Is.EqualTo(new[] { "# One\n\nFirst.\n\nSecond.", $"## Two\nThird.\n\n{long1}", long2 }));
    }

    [Test]
    public void Passages_LongParagraph_IsCutAtABlank()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 1000));

        Assert.That(Read(text).Select(passage => passage.Text), Is.All.Matches<string>(piece => piece.Length is > 400 and <= 2000 && piece.Split(' ').All(word => word == "word")));
    }

    [TestCase("")]
    [TestCase(" \r\n\t\n")]
    [TestCase("---\ntitle: x\n---\n")]
    public void Passages_NoText_AreNone(string text) => Assert.That(Read(text), Is.Empty);

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Passages_AnyText_AreItsPiecesInOrderAndLoseNoWord() => Prop.ForAll(
        Gen.Elements("a", "word", "# ", "#", "\n", "\n\n", "\r\n", " ", "\t", "漢字", "\U0001F62D", "---\n", new string('x', 1500), new string('\u00E4', 999) + " ").ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            int at = 0;
            string rest = "";
            foreach (EvidencePassage passage in EvidenceFile.Passages("\n" + text, "a", Address, Written))
            {
                int place = ("\n" + text).IndexOf(passage.Text, at, StringComparison.Ordinal);
                if (place < 0 || passage.Text.Length > EvidenceSearch.LongestPassage || string.IsNullOrWhiteSpace(passage.Text) || char.IsLowSurrogate(passage.Text[0]))
                {
                    return false;
                }

                rest += ("\n" + text)[at..place];
                at = place + passage.Text.Length;
            }

            return string.IsNullOrWhiteSpace(rest + ("\n" + text)[at..]);
        });

    private static IReadOnlyList<EvidencePassage> Read(string text) => EvidenceFile.Passages(text, "a", Address, Written);
}
