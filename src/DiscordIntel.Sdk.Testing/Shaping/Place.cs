using System.Globalization;

namespace DiscordIntel.Testing.Shaping;

/// <summary>Where in the reply a value stands: its path, the property that holds it, and its index in the array around it.</summary>
internal readonly record struct Place(string Path, string Name, string ArrayPath, int Index)
{
    public static Place Root => new("", "", "", 0);

    /// <summary>Whether the value repeats what its neighbour says, word for word.</summary>
    public bool IsQuote => Name.Contains("quote", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the value is somebody who speaks in the content.</summary>
    public bool IsSpeaker => Name is "speaker" or "answers" || (Name == "name" && Path.Contains("/speakers/", StringComparison.Ordinal));

    public Place Property(string name) => new($"{Path}/{name}", name, $"{Path}/{name}", 0);

    public Place Item(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{Path}/{index}"), Name, Path, index);
}
