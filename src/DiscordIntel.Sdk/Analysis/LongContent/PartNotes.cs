using System.Globalization;
using System.Text;
using DiscordIntel.Analysis.Replies;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>
/// What was found in a part, as notes for the call that merges the parts. Quotes stand on lines of their own. Where not all findings have room, the first
/// ones of each list come before the later ones: a list begins with what weighs most.
/// </summary>
internal sealed class PartNotes
{
    private readonly List<(int Rank, string Text)> _findings = [];
    private readonly StringBuilder _lines = new();

    private PartNotes()
    {
    }

    public string Text { get; private set; } = "";

    public int Tokens { get; private set; }

    /// <summary>Findings without room.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The notes of a part.</summary>
    /// <param name="part">What was found in it.</param>
    /// <param name="maxTokens">What the notes may take by <see cref="TokenEstimate"/>; less than about 500 has no room for a summary.</param>
    public static PartNotes Of(ReadPart part, int maxTokens)
    {
        var notes = new PartNotes();
        notes.Line(part.First == part.Last ? "Part" : "Parts", part.Name);
        notes.Line("Score", Number(part.Reply.Score), "confidence", Number(part.Reply.Confidence));
        notes.Line("Summary", part.Reply.Summary);
        notes.Line("Overall", (part.Reply as SentimentReply)?.Overall);
        string head = notes.Take();
        notes.Common(part.Reply);
        notes.Debate(part.Reply as DebateReply);
        notes.Mood(part.Reply as SentimentReply);
        notes.Fit(head, (long)maxTokens * TokenEstimate.BytesPerToken);
        return notes;
    }

    private void Common(AnalysisReply reply)
    {
        Each(reply.KeyPoints, point => Finding("Key point", point.Text, point.Quote));
        Each(reply.BiasIndicators, bias =>
        {
            Line("Bias", bias.Type);
            Finding("Explanation", bias.Explanation, bias.Quote);
        });
        Each(reply.AllClaims, claim =>
        {
            var check = claim as CheckedClaimReply;
            Finding("Claim", claim.Text, claim.Quote, check?.Speaker);
            Line("Belief", claim.Belief.ToString(), "confidence", Number(claim.Confidence));
            Line("Settled by", check?.WouldSettle);
        });
    }

    private void Debate(DebateReply? reply)
    {
        foreach (DebateSpeakerReply speaker in reply?.Speakers ?? [])
        {
            Line("Speaker", speaker.Name);
            Line("Speaker score", Number(speaker.Score));
            Line("Position", speaker.Position);
            _findings.Add((0, Take()));
            Each(speaker.Arguments, argument =>
            {
                Finding("Argument", argument.Text, argument.Quote, speaker.Name);
                Line("Strength", Number(argument.Strength));
            });
        }

        Each(reply?.Fallacies ?? [], fallacy =>
        {
            Line("Fallacy", fallacy.Name);
            Finding("Explanation", fallacy.Explanation, fallacy.Quote, fallacy.Speaker);
        });
        Each(reply?.Rebuttals ?? [], rebuttal =>
        {
            Finding("Rebuttal", rebuttal.Text, rebuttal.Quote, rebuttal.Speaker);
            Line("Answers", rebuttal.Answers ?? "unknown");
        });
    }

    private void Mood(SentimentReply? reply)
    {
        Each(reply?.Speakers ?? [], speaker =>
        {
            Line("Speaker", speaker.Name);
            Line("Mood score", Number(speaker.Score));
            Line("Mood", speaker.Summary);
        });
        Each(reply?.Emotions ?? [], emotion =>
        {
            Finding("Emotion", emotion.Name, emotion.Quote, emotion.Speaker);
            Line("Intensity", Number(emotion.Intensity));
        });
        Each(reply?.TurningPoints ?? [], turn => Finding("Turning point", turn.Text, turn.Quote));
    }

    private void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        int rank = 0;
        foreach (T item in items)
        {
            write(item);
            _findings.Add((rank++, Take()));
        }
    }

    private void Fit(string head, long room)
    {
        room -= Encoding.UTF8.GetByteCount(head) + 1;
        var kept = new bool[_findings.Count];
        foreach (int i in Enumerable.Range(0, kept.Length).OrderBy(i => _findings[i].Rank))
        {
            int bytes = Encoding.UTF8.GetByteCount(_findings[i].Text);
            kept[i] = bytes <= room;
            room -= kept[i] ? bytes : 0;
        }

        Text = $"{head}{string.Concat(_findings.Where((_, i) => kept[i]).Select(finding => finding.Text))}\n";
        Tokens = TokenEstimate.Of(Text);
        LeftOut = kept.Count(isKept => !isKept);
    }

    private string Take()
    {
        string taken = _lines.ToString();
        _lines.Clear();
        return taken;
    }

    private void Finding(string label, string text, string quote, string? speaker = null)
    {
        Line(label, text);
        Line("Quote", quote);
        Line("Speaker", speaker);
    }

    // One line each: what a model wrote cannot open a label of its own.
    private void Line(string label, params ReadOnlySpan<string?> words)
    {
        if (words[0] is null)
        {
            return;
        }

        _lines.Append(label).Append(':');
        foreach (string? word in words)
        {
            _lines.Append(' ').Append(word!.ReplaceLineEndings(" "));
        }

        _lines.Append('\n');
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
