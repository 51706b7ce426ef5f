using System.Globalization;
using System.Text;
using DiscordIntel.Analysis.Replies;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>What was found in a part, as notes for the call that merges the parts. Quotes stand on lines of their own.</summary>
internal static class PartNotes
{
    public static void Write(StringBuilder notes, int number, AnalysisReply reply)
    {
        Line(notes, "Part", number.ToString(CultureInfo.InvariantCulture));
        Line(notes, "Score", Number(reply.Score), "confidence", Number(reply.Confidence));
        Line(notes, "Summary", reply.Summary);
        foreach (PointReply point in reply.KeyPoints)
        {
            Finding(notes, "Key point", point.Text, point.Quote);
        }

        foreach (BiasReply bias in reply.BiasIndicators)
        {
            Line(notes, "Bias", bias.Type);
            Finding(notes, "Explanation", bias.Explanation, bias.Quote);
        }

        foreach (ClaimReply claim in reply.AllClaims)
        {
            Finding(notes, "Claim", claim.Text, claim.Quote, (claim as CheckedClaimReply)?.Speaker);
            Line(notes, "Belief", claim.Belief.ToString(), "confidence", Number(claim.Confidence));
            if (claim is CheckedClaimReply check)
            {
                Line(notes, "Settled by", check.WouldSettle);
            }
        }

        Detail(notes, reply);
        notes.AppendLine();
    }

    private static void Detail(StringBuilder notes, AnalysisReply reply)
    {
        foreach (DebateSpeakerReply speaker in (reply as DebateReply)?.Speakers ?? [])
        {
            Line(notes, "Speaker", speaker.Name);
            Line(notes, "Speaker score", Number(speaker.Score));
            Line(notes, "Position", speaker.Position);
            foreach (ArgumentReply argument in speaker.Arguments)
            {
                Finding(notes, "Argument", argument.Text, argument.Quote, speaker.Name);
                Line(notes, "Strength", Number(argument.Strength));
            }
        }

        foreach (FallacyReply fallacy in (reply as DebateReply)?.Fallacies ?? [])
        {
            Line(notes, "Fallacy", fallacy.Name);
            Finding(notes, "Explanation", fallacy.Explanation, fallacy.Quote, fallacy.Speaker);
        }

        foreach (RebuttalReply rebuttal in (reply as DebateReply)?.Rebuttals ?? [])
        {
            Finding(notes, "Rebuttal", rebuttal.Text, rebuttal.Quote, rebuttal.Speaker);
            Line(notes, "Answers", rebuttal.Answers ?? "unknown");
        }

        if (reply is SentimentReply mood)
        {
            Line(notes, "Overall", mood.Overall);
            foreach (SpeakerMoodReply speaker in mood.Speakers)
            {
                Line(notes, "Speaker", speaker.Name);
                Line(notes, "Mood score", Number(speaker.Score));
                Line(notes, "Mood", speaker.Summary);
            }

            foreach (EmotionReply emotion in mood.Emotions)
            {
                Finding(notes, "Emotion", emotion.Name, emotion.Quote, emotion.Speaker);
                Line(notes, "Intensity", Number(emotion.Intensity));
            }

            foreach (TurnReply turn in mood.TurningPoints)
            {
                Finding(notes, "Turning point", turn.Text, turn.Quote);
            }
        }
    }

    private static void Finding(StringBuilder notes, string label, string text, string quote, string? speaker = null)
    {
        Line(notes, label, text);
        Line(notes, "Quote", quote);
        if (speaker is not null)
        {
            Line(notes, "Speaker", speaker);
        }
    }

    // One line each: what a model wrote cannot open a label of its own.
    private static void Line(StringBuilder notes, string label, params ReadOnlySpan<string> words)
    {
        notes.Append(label).Append(':');
        foreach (string word in words)
        {
            notes.Append(' ').Append(word.ReplaceLineEndings(" "));
        }

        notes.Append('\n');
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
