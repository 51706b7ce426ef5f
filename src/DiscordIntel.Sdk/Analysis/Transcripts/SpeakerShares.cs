using DiscordIntel.Analysis.Details;

namespace DiscordIntel.Analysis.Transcripts;

/// <summary>How much of a text is whose. What a speaker quotes is in nobody's share: whoever said it has said it elsewhere, or not in this text.</summary>
internal static class SpeakerShares
{
    public static IReadOnlyList<SpeakerShare> Of(string content, Transcript transcript)
    {
        var words = new Dictionary<string, (int Turns, int Words)>(StringComparer.Ordinal);
        int quoted = 0;
        foreach (Turn turn in transcript.Turns)
        {
            (int turns, int count) = words.GetValueOrDefault(turn.Speaker);
            int from = turn.TextStart;
            for (; quoted < transcript.Quoted.Count && transcript.Quoted[quoted].Start < turn.End; quoted++)
            {
                count += Words(content.AsSpan(from..transcript.Quoted[quoted].Start));
                from = transcript.Quoted[quoted].End;
            }

            words[turn.Speaker] = (turns + 1, count + Words(content.AsSpan(from..turn.End)));
        }

        return [.. transcript.Speakers.Select(speaker => new SpeakerShare { Name = speaker, Turns = words[speaker].Turns, Words = words[speaker].Words })];
    }

    private static int Words(ReadOnlySpan<char> text)
    {
        int words = 0;
        bool inside = false;
        foreach (char letter in text)
        {
            bool space = char.IsWhiteSpace(letter);
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }

        return words;
    }
}
