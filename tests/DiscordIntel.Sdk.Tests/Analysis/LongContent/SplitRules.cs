using System.Globalization;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>What holds for every split of any content.</summary>
internal static class SplitRules
{
    public static void Check(IReadOnlyList<ContentPart> parts, string content, Transcript transcript, int maxTokens, int overlapTokens)
    {
        int budget = Math.Max(1, maxTokens);
        int number = 0, end = 0;
        foreach (ContentPart part in parts)
        {
            string own = content[part.Start..part.End];
            Holds(part.Number == ++number && part.Start == end && (part.End > part.Start || content.Length == 0), part, "covers the text once, in order");
            Holds(part.ContextStart >= 0 && part.ContextStart <= part.Start, part, "its context stands before it");
            Holds(TokenEstimate.Of(content.AsSpan(part.ContextStart, part.Start - part.ContextStart)) <= Math.Max(0, overlapTokens), part, "its context fits the overlap");
            Holds(
                TokenEstimate.Of(content.AsSpan(part.ContextStart, part.End - part.ContextStart)) <= budget || (part.ContextStart == part.Start && IsLabel(part, content, transcript)),
                part,
                $"fits the budget {budget}: {own}");
            foreach (int border in new[] { part.Start, part.ContextStart, part.End })
            {
                Holds(border == 0 || border == content.Length || !char.IsSurrogatePair(content[border - 1], content[border]), part, "cuts no pair");
                Holds(Label(border, content, transcript) is not { } label || border == label.Start || border >= label.End, part, "cuts no label");
            }

            Turn? turn = At(part.Start, transcript);
            Holds(part.ContinuedSpeaker == (turn?.Start < part.Start ? turn.Value.Speaker : null), part, "names who goes on");
            end = part.End;
        }

        Holds(parts.Count > 0 && end == content.Length, parts[^1], "covers the text to its end");
    }

    /// <summary>A text element that fits the budget is whole, but for a mark that sits on the end of a label.</summary>
    public static void CheckElements(IReadOnlyList<ContentPart> parts, string content, Transcript transcript, int maxTokens)
    {
        int[] elements = [.. StringInfo.ParseCombiningCharacters(content), content.Length];
        foreach (ContentPart part in parts)
        {
            foreach (int border in new[] { part.ContextStart, part.End })
            {
                int index = Array.BinarySearch(elements, border);
                bool isWhole = index >= 0 || TokenEstimate.Of(content.AsSpan()[elements[~index - 1]..elements[~index]]) > Math.Max(1, maxTokens);
                Holds(isWhole || Label(border, content, transcript)?.End == border, part, "cuts no text element");
            }
        }
    }

    private static bool IsLabel(ContentPart part, string content, Transcript transcript) =>
        Label(part.Start, content, transcript) is { } label && (label.Start, label.End) == (part.Start, part.End);

    private static (int Start, int End)? Label(int place, string content, Transcript transcript) => At(place, transcript) is { } turn
        ? (turn.Start, turn.Start + content[turn.Start..Math.Min(turn.TextStart, turn.Start + 200)].TrimEnd().Length)
        : null;

    // A bisection of its own: the real one is under test, and a scan would take too long for the large contents.
    private static Turn? At(int place, Transcript transcript)
    {
        Turn[] turns = transcript.Turns as Turn[] ?? Cache.GetValue(transcript, known => [.. known.Turns]);
        int index = Array.BinarySearch(turns, new Turn("", place, 0, 0), Comparer<Turn>.Create((a, b) => a.Start.CompareTo(b.Start)));
        index = index < 0 ? ~index - 1 : index;
        return index < 0 ? null : turns[index];
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Transcript, Turn[]> Cache = [];

    private static void Holds(bool holds, ContentPart part, string what)
    {
        if (!holds)
        {
            Assert.Fail($"{part}: {what}");
        }
    }
}
