using System.Globalization;
using System.Text.RegularExpressions;
using DiscordIntel.Analysis.Details;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>What can be checked of an analysis' speakers: that each is listed once, and that the summary names no winner whose score is far below another's. English only.</summary>
#pragma warning disable MA0009 // A timeout for patterns that could take long: every repetition is bounded.
internal static partial class SpeakerConsistency
{
    // A narrow win may well be told the other way round.
    private const double ClearLead = 2;

    /// <summary>A sentence for each contradiction. Speakers are named by their place in the result: nothing of the content is quoted.</summary>
    public static IEnumerable<string> Contradictions(ContentAnalysis analysis)
    {
        (string Name, double Score)[] speakers =
        [
            .. analysis.Debate?.Speakers.Select(speaker => (speaker.Name, speaker.Score)) ?? [],
            .. analysis.Sentiment?.Speakers.Select(speaker => (speaker.Name, speaker.Score)) ?? [],
        ];
        return Repeated(speakers).Concat(analysis.Debate is null || speakers.Length < 2 ? [] : WrongWinner(analysis.Summary, speakers));
    }

    private static IEnumerable<string> Repeated((string Name, double Score)[] speakers) =>
        speakers.Index().GroupBy(speaker => speaker.Item.Name.Trim(), StringComparer.Ordinal)
            .Where(same => same.Skip(1).Any())
            .Select(same =>
            {
                string who = $"Speakers {Listed(same.Select(speaker => speaker.Index + 1.0))} are one and the same";
                return same.Select(speaker => speaker.Item.Score).Distinct().Skip(1).Any() ? $"{who}, but have scores of {Listed(same.Select(speaker => speaker.Item.Score))}." : $"{who}.";
            });

    private static IEnumerable<string> WrongWinner(string summary, (string Name, double Score)[] speakers)
    {
        (double best, double worst) = (speakers.Max(speaker => speaker.Score), speakers.Min(speaker => speaker.Score));
        for (int i = 0; i < speakers.Length; i++)
        {
            (string name, double score) = speakers[i];
            if (best - score >= ClearLead && Says(summary, name, Wins(), IsWinner()))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The summary names speaker {i + 1} as the winner, whose score of {score:0.##} is not the highest: that is {best:0.##}.");
            }
            else if (score - worst >= ClearLead && score >= best && Says(summary, name, Loses(), IsLoser()))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The summary names speaker {i + 1} as the loser, whose score of {score:0.##} is the highest.");
            }
        }
    }

    /// <summary>Whether a sentence that neither denies nor reports holds the name with such words behind or before it.</summary>
    private static bool Says(string summary, string name, Regex behind, Regex before)
    {
        for (int at = 0; name.Length > 0 && (at = summary.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += name.Length)
        {
            int start = at == 0 ? 0 : summary.LastIndexOfAny(SentenceEnds, at - 1) + 1;
            int end = summary.IndexOfAny(SentenceEnds, at + name.Length) is var found and >= 0 ? found : summary.Length;
            if (WordBorder.At(summary, at) && WordBorder.At(summary, at + name.Length)
                && !Consistency.Hedged().IsMatch(summary[start..end])
                && (behind.IsMatch(summary[(at + name.Length)..end]) || before.IsMatch(summary[start..at])))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n'];

    private static string Listed(IEnumerable<double> numbers) => string.Join(" and ", numbers.Select(number => number.ToString("0.##", CultureInfo.InvariantCulture)));

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string How = @"((clearly|easily|decisively|comfortably|convincingly|narrowly|handily|overall|ultimately|has|had)\s{1,3}){0,3}";
    private const string Debate = @"(\s{1,3}((this|the)\s{1,3}(debate|argument|exchange|discussion)|clearly|easily|decisively|comfortably|convincingly|handily|on\s{1,3}points|overall|outright|here)\b|\s{0,3}($|,|\band\b|\bbecause\b|\bas\b|\bwith\b))";

    private const string Is = @"(is|was)\s{1,3}((by\s{1,3}far|clearly|easily|overall|much)\s{1,3}){0,2}the\s{1,3}((clearly|much|far)\s{1,3})?";
    private const string Arguer = @"\s{1,3}(speaker|debater|arguer|side|of\s{1,3}the\s{1,3}two)\b";

    // "Ann won the election" is part of what is debated.
    [GeneratedRegex(@"^\s{1,3}" + How + @"((wins|won|prevails|prevailed)" + Debate + @"|(comes|came)\s{1,3}out\s{1,3}(ahead|on\s{1,3}top)|is\s{1,3}the\s{1,3}(clear\s{1,3}|overall\s{1,3})?winner\b|" + Is + "(stronger|strongest|better|best|more\\s{1,3}(convincing|persuasive))" + Arguer + ")", Options)]
    private static partial Regex Wins();

    [GeneratedRegex(@"\b(winner\s{1,3}is|(debate|argument|exchange|discussion|victory|win)\s{1,3}((clearly|easily)\s{1,3})?goes\s{1,3}to|won\s{1,3}(clearly\s{1,3})?by)\s{1,3}$", Options)]
    private static partial Regex IsWinner();

    [GeneratedRegex(@"^\s{1,3}" + How + @"((loses|lost)" + Debate + @"|is\s{1,3}the\s{1,3}(clear\s{1,3}|overall\s{1,3})?loser\b|" + Is + "(weaker|weakest|worse|worst|less\\s{1,3}(convincing|persuasive))" + Arguer + ")", Options)]
    private static partial Regex Loses();

    [GeneratedRegex(@"\bloser\s{1,3}is\s{1,3}$", Options)]
    private static partial Regex IsLoser();
}
