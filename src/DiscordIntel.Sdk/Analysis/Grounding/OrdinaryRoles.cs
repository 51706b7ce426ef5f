namespace DiscordIntel.Analysis.Grounding;

/// <summary>What people become in a community: "you are now a moderator" is no instruction to a model.</summary>
internal static class OrdinaryRoles
{
    private const int MostWords = 3;

    private static readonly HashSet<string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        "moderator", "mod", "admin", "administrator", "member", "owner", "booster", "subscriber", "supporter", "patron", "part", "staff", "winner", "champion",
        "host", "cohost", "regular", "veteran", "vip", "guest", "follower", "friend", "fan", "leader", "officer", "recruit", "level", "rank", "citizen", "parent",
        "father", "mother", "dad", "mum", "mom", "uncle", "aunt", "millionaire", "legend",
    };

    /// <summary>Whether the text begins with such a word, or has one behind a word or two: "new", "official".</summary>
    public static bool Begin(ReadOnlySpan<char> text)
    {
        for (int words = 0; words < MostWords && text is [' ', ..]; words++)
        {
            text = text.TrimStart(' ');
            int length = 0;
            while (length < text.Length && (char.IsLetter(text[length]) || text[length] is '-'))
            {
                length++;
            }

            if (Roles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length]))
            {
                return true;
            }

            text = text[length..];
        }

        return false;
    }
}
