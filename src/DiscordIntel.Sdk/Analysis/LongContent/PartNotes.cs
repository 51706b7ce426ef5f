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
            Finding(notes, "Bias", $"{bias.Type}: {bias.Explanation}", bias.Quote);
        }

        foreach (ClaimReply claim in reply.AllClaims)
        {
            string speaker = claim is CheckedClaimReply { Speaker: { } name } ? $" by {name}" : "";
            Finding(notes, $"Claim{speaker}", claim.Text, claim.Quote);
            Line(notes, "Belief", claim.Belief.ToString(), "confidence", Number(claim.Confidence));
            if (claim is CheckedClaimReply check)
            {
                Line(notes, "Would settle it", check.WouldSettle);
            }
        }

        Detail(notes, reply);
        notes.AppendLine();
    }

    private static void Detail(StringBuilder notes, AnalysisReply reply)
    {
        foreach (DebateSpeakerReply speaker in (reply as DebateReply)?.Speakers ?? [])
        {
            Line(notes, "Speaker", speaker.Name, "score", Number(speaker.Score));
            Line(notes, "Position", speaker.Position);
            foreach (ArgumentReply argument in speaker.Arguments)
            {
                Finding(notes, $"Argument of {speaker.Name}, strength {Number(argument.Strength)}", argument.Text, argument.Quote);
            }
        }

        foreach (FallacyReply fallacy in (reply as DebateReply)?.Fallacies ?? [])
        {
            Finding(notes, $"Fallacy of {fallacy.Speaker ?? "somebody"}", $"{fallacy.Name}: {fallacy.Explanation}", fallacy.Quote);
        }

        foreach (RebuttalReply rebuttal in (reply as DebateReply)?.Rebuttals ?? [])
        {
            Finding(notes, $"Rebuttal by {rebuttal.Speaker ?? "somebody"} to {rebuttal.Answers ?? "somebody"}", rebuttal.Text, rebuttal.Quote);
        }

        if (reply is SentimentReply mood)
        {
            Line(notes, "Overall", mood.Overall);
            foreach (SpeakerMoodReply speaker in mood.Speakers)
            {
                Line(notes, $"Mood of {speaker.Name}, {Number(speaker.Score)}", speaker.Summary);
            }

            foreach (EmotionReply emotion in mood.Emotions)
            {
                Finding(notes, $"Emotion of {emotion.Speaker ?? "somebody"}, intensity {Number(emotion.Intensity)}", emotion.Name, emotion.Quote);
            }

            foreach (TurnReply turn in mood.TurningPoints)
            {
                Finding(notes, "Turning point", turn.Text, turn.Quote);
            }
        }
    }

    private static void Finding(StringBuilder notes, string label, string text, string quote)
    {
        Line(notes, label, text);
        Line(notes, "Quote", quote);
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
