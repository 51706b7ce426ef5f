namespace DiscordIntel.Configuration;

/// <summary>What protects the users' identity towards the provider.</summary>
public sealed class PrivacyOptions
{
    /// <summary>
    /// The secret under which user ids are hashed (HMAC-SHA-256) before they reach the provider as <c>safety_identifier</c>.
    /// Keep it stable, or the provider sees new users. At least 16 characters.
    /// </summary>
    /// <value>Default: derived from the API key; without either no identifier is sent.</value>
    public string? IdentifierKey { get; set; }

    internal IEnumerable<string> Faults(string path)
    {
        if (IdentifierKey is { Length: < 16 })
        {
            yield return $"{path}:IdentifierKey has fewer than 16 characters (the value is not shown). Set a random string of 16 or more, or remove the setting.";
        }
    }
}
