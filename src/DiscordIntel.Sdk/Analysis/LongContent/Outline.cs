using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>How a text is read: its speakers, and its parts where it is too long to be read at once.</summary>
internal sealed class Outline
{
    private Outline(string content, Transcript transcript, IReadOnlyList<ContentPart> parts) => (Content, Transcript, Parts) = (content, transcript, parts);

    public string Content { get; }

    public Transcript Transcript { get; }

    /// <summary>One part or more; one is the whole text.</summary>
    public IReadOnlyList<ContentPart> Parts { get; }

    public static Outline Of(string content, AnalysisOptions options)
    {
        Transcript transcript = Transcript.Read(content);
        return new Outline(
            content,
            transcript,
            TokenEstimate.Of(content) <= options.PartTokens
                ? [new ContentPart(1, 0, content.Length, 0, null)]
                : ContentSplitter.Split(content, transcript, options.PartTokens, Math.Min(options.OverlapTokens, options.PartTokens / 4)));
    }

    public AnalysisPart Describe(ContentPart part) => new()
    {
        Number = part.Number,
        Offset = part.Start,
        Length = part.End - part.Start,
        Line = 1 + Content.AsSpan(0, part.Start).Count('\n'),
        Tokens = TokenEstimate.Of(Content.AsSpan(part.Start..part.End)),
        ContinuedSpeaker = part.ContinuedSpeaker,
    };

    /// <summary>The speakers and their share of the text.</summary>
    public IReadOnlyList<SpeakerShare> Shares() => SpeakerShares.Of(Content, Transcript);
}
