using DiscordIntel.Analysis.Replies;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>
/// One result of the results of parts, made without a model. Nothing in it is new: texts and quotes are those of the parts, and a number is theirs or the
/// mean of theirs, weighted by the length of the parts.
/// </summary>
internal static class MechanicalMerge
{
    /// <summary>Puts one part or more together. The result keeps to every limit of a reply.</summary>
    /// <returns>The result, and how many findings it had no room for.</returns>
    public static (AnalysisReply Reply, int LeftOut) Of(IReadOnlyList<ReadPart> parts, SpeakerLookup names)
    {
        var share = new FairShare();
        AnalysisReply reply = parts[0].Reply switch
        {
            DebateReply debate => debate with
            {
                Speakers = Sides(parts, names, share),
                Fallacies = share.Take(Of<DebateReply>(parts).Select(part => part.Fallacies), Limits.Findings, fallacy => Same(fallacy.Name, fallacy.Quote)),
                Rebuttals = share.Take(Of<DebateReply>(parts).Select(part => part.Rebuttals), Limits.Findings, rebuttal => Same(rebuttal.Text, rebuttal.Quote)),
                Claims = share.Take(Of<DebateReply>(parts).Select(part => part.Claims), Limits.Claims, claim => Same(claim.Text, claim.Quote)),
            },
            FactCheckReply check => check with
            {
                Claims = share.Take(Of<FactCheckReply>(parts).Select(part => part.Claims), Limits.Claims, claim => Same(claim.Text, claim.Quote)),
            },
            SentimentReply mood => mood with
            {
                Overall = JoinedText.Of(Of<SentimentReply>(parts).Select(part => part.Overall), ", ", Limits.Label, mostPieces: 3),
                Speakers = Moods(parts, names, share),
                Emotions = share.Take(Of<SentimentReply>(parts).Select(part => part.Emotions), Limits.Findings, emotion => Same(emotion.Name, emotion.Quote)),
                TurningPoints = share.Take(Of<SentimentReply>(parts).Select(part => part.TurningPoints), Limits.Findings, turn => Same(turn.Text, turn.Quote)),
                Claims = share.Take(Of<SentimentReply>(parts).Select(part => part.Claims), Limits.Claims, claim => Same(claim.Text, claim.Quote)),
            },
            var other => other,
        };
        reply = reply with
        {
            Score = Mean(parts.Select(part => (part.Reply.Score, part.Length))),
            Confidence = Mean(parts.Select(part => (part.Reply.Confidence, part.Length))),
            Summary = JoinedText.Of(parts.Select(part => part.Reply.Summary), "\n", Limits.Summary, mostPieces: 8),
            KeyPoints = share.Take(parts.Select(part => part.Reply.KeyPoints), Limits.KeyPoints, point => Same(point.Text, point.Quote)),
            BiasIndicators = share.Take(parts.Select(part => part.Reply.BiasIndicators), Limits.BiasIndicators, bias => Same(bias.Type, bias.Quote)),
        };
        return (reply, share.LeftOut);
    }

    private static List<DebateSpeakerReply> Sides(IReadOnlyList<ReadPart> parts, SpeakerLookup names, FairShare share) =>
        [.. Speakers<DebateReply, DebateSpeakerReply>(parts, names, share, reply => reply.Speakers, side => side.Name).Select(sides => Longest(sides) with
        {
            Name = sides[0].Item.Name,
            Score = Mean(sides.Select(side => (side.Item.Score, side.Length))),
            Arguments = share.Take(sides.Select(side => side.Item.Arguments), Limits.Findings, argument => Same(argument.Text, argument.Quote)),
        })];

    private static List<SpeakerMoodReply> Moods(IReadOnlyList<ReadPart> parts, SpeakerLookup names, FairShare share) =>
        [.. Speakers<SentimentReply, SpeakerMoodReply>(parts, names, share, reply => reply.Speakers, mood => mood.Name).Select(moods => Longest(moods) with
        {
            Name = moods[0].Item.Name,
            Score = Mean(moods.Select(mood => (mood.Item.Score, mood.Length))),
        })];

    /// <summary>What is said of each speaker, part by part; of too many speakers those who are in the most text.</summary>
    private static IEnumerable<(T Item, long Length)[]> Speakers<TReply, T>(
        IReadOnlyList<ReadPart> parts, SpeakerLookup names, FairShare share, Func<TReply, IEnumerable<T>> speakersOf, Func<T, string> nameOf)
        where TReply : AnalysisReply
    {
        (T Item, long Length)[][] speakers =
        [
            .. parts.SelectMany(part => speakersOf((TReply)part.Reply).Select(speaker => (Item: speaker, part.Length)))
                .GroupBy(speaker => names.Key(nameOf(speaker.Item)), StringComparer.Ordinal).Select(group => group.ToArray()),
        ];
        var kept = speakers.OrderByDescending(speaker => speaker.Sum(item => item.Length)).Take(Limits.Speakers).ToHashSet();
        share.LeaveOut(speakers.Length - kept.Count);
        return speakers.Where(kept.Contains);
    }

    // What they stand for, or how they feel, in the longest part that says it.
    private static T Longest<T>((T Item, long Length)[] items) => items.MaxBy(item => item.Length).Item;

    private static double Mean(IEnumerable<(double Value, long Weight)> values)
    {
        (double Value, long Weight)[] all = [.. values];
        double mean = all.Sum(value => value.Value * value.Weight) / all.Sum(value => value.Weight);

        // Rounding must not carry a mean of tens above ten.
        return Math.Clamp(mean, all.Min(value => value.Value), all.Max(value => value.Value));
    }

    private static IEnumerable<T> Of<T>(IReadOnlyList<ReadPart> parts)
        where T : AnalysisReply => parts.Select(part => (T)part.Reply);

    private static string Same(string text, string quote) => $"{text}\n{quote}";
}
