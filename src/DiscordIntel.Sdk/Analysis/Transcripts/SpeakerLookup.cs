using System.Text;
using DiscordIntel.Analysis.Grounding;

namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Finds whom a name means, however it is spelled: as the text writes it, in other case or marks, without its tag, or as a word of a text without labels.</summary>
internal sealed class SpeakerLookup
{
    private readonly string _content;
    private readonly Transcript _transcript;
    private readonly Lazy<FoldedText> _folded;
    private readonly Dictionary<string, string> _plain;

    // Null for a name that several share.
    private readonly Dictionary<string, string?> _untagged;

    public SpeakerLookup(string content, Transcript transcript)
    {
        (_content, _transcript, _folded) = (content, transcript, new Lazy<FoldedText>(() => new FoldedText(content, loose: false)));
        _plain = transcript.Speakers.GroupBy(Plain).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        _untagged = transcript.Speakers.GroupBy(Untagged).ToDictionary(
            group => group.Key, group => group.Take(2).Count() == 1 ? group.First() : null, StringComparer.Ordinal);
    }

    /// <summary>The speaker as the text writes them; null for one who does not speak in it.</summary>
    public string? Find(string named) =>
        string.IsNullOrWhiteSpace(named) ? null
        : _transcript.Speakers.Contains(named, StringComparer.Ordinal) ? named
        : _plain.TryGetValue(Plain(named), out string? speaker) ? speaker
        : _untagged.TryGetValue(Untagged(named), out string? only) ? only
        : _transcript.Speakers.Count == 0 ? Word(Trimmed(named))
        : null;

    /// <summary>The same for every spelling of one name, whether they speak in the text or not.</summary>
    public string Key(string named) => Find(named) ?? Plain(named);

    /// <summary>"FIRST CITIZEN.", "First Citizen" and "**First Citizen**" are one; a name may also be all signs, or in letters beyond 16 bits.</summary>
    public static string Plain(string name)
    {
        string plain = string.Concat(name.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(Rune.ToLowerInvariant));
        return plain.Length > 0 ? plain : name.Trim();
    }

    private static string Untagged(string name) => Plain(SpeakerName.WithoutTag(Trimmed(name)).ToString());

    private static string Trimmed(string name) => name.Trim(' ', '*', '@', ':', '<', '>', '"', '\'', '“', '”');

    // "Ann" is nobody whom a text names that only says "planned".
    private string? Word(string name)
    {
        string folded = new FoldedText(name, loose: false).Text.Trim(' ');
        if (folded.Length == 0 || !folded.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        FoldedText text = _folded.Value;
        for (int at = 0; (at = text.Text.IndexOf(folded, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (WordBorder.At(text.Text, at) && WordBorder.At(text.Text, at + folded.Length))
            {
                return _content[text.Origin(at, at + folded.Length)];
            }
        }

        return null;
    }
}
