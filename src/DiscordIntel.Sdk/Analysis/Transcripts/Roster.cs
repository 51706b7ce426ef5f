namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Which names are the same. Names differ by case (nicks do), but one in capitals is the same as its other spellings.</summary>
internal sealed class Roster(IEnumerable<Label> labels)
{
    private readonly HashSet<string> _capitals = new(
        labels.Where(label => SpeakerName.IsAllCaps(label.Name)).Select(label => label.Name), StringComparer.Ordinal);

    public string Key(string name)
    {
        string capitals = name.ToUpperInvariant();
        return _capitals.Contains(capitals) ? capitals : name;
    }
}
