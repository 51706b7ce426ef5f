using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.Tests.Analysis.Transcripts;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Analysis.LongContent;

internal sealed class ContentSplitterProperties
{
    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public Property Split_AnyContentAndBudget_KeepsTheRules() => Prop.ForAll(
        (from content in Texts.Any
         from max in Gen.Frequency((8, Gen.Choose(1, 60)), (1, Gen.Choose(-2, 0)), (1, Gen.Elements(int.MaxValue, int.MinValue, 1000)))
         from overlap in Gen.Frequency((8, Gen.Choose(0, 40)), (1, Gen.Elements(-1, int.MinValue, int.MaxValue)))
         select (Content: content, Max: max, Overlap: overlap)).ToArbitrary(),
        sample =>
        {
            var transcript = Transcript.Read(sample.Content);
            IReadOnlyList<ContentPart> parts = ContentSplitter.Split(sample.Content, transcript, sample.Max, sample.Overlap);
            SplitRules.Check(parts, sample.Content, transcript, sample.Max, sample.Overlap);
            SplitRules.CheckElements(parts, sample.Content, transcript, sample.Max);
        });

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Split_Words_LeavesNoCrumbs() => Prop.ForAll(
        (from words in Gen.Elements("a", "some", "words", "of", "it.", "Then", "more\n", "\n\nand").ListOf(400) from max in Gen.Choose(20, 400) select (Content: string.Join(' ', words), Max: max))
            .ToArbitrary(),
        sample =>
        {
            int[] sizes = [.. ContentSplitter.Split(sample.Content, Transcript.Read(sample.Content), sample.Max, sample.Max / 10).Select(part => part.End - part.Start)];
            return sizes.Min() * 4 >= sizes.Max();
        });
}
