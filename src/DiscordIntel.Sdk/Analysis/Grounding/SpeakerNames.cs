using System.Text;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>The speakers whom a text labels, found however somebody else spells them.</summary>
internal sealed class SpeakerNames(Transcript transcript)
{
    private readonly Dictionary<string, string> _labels = transcript.Speakers
        .GroupBy(Plain).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Whether the text labels any.</summary>
    public bool Any => _labels.Count > 0;

    /// <summary>The label of a speaker as the text writes it; null for one whom it does not label.</summary>
    public string? Label(string named) =>
        transcript.Speakers.Contains(named, StringComparer.Ordinal) ? named : _labels.GetValueOrDefault(Plain(named));

    /// <summary>The same for every spelling of one name, labelled or not.</summary>
    public string Key(string named) => Label(named) ?? Plain(named);

    // "FIRST CITIZEN.", "First Citizen" and "**First Citizen**" are one; a name may also be all signs, or in letters beyond 16 bits.
    public static string Plain(string name)
    {
        string plain = string.Concat(name.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(Rune.ToLowerInvariant));
        return plain.Length > 0 ? plain : name.Trim();
    }
}
