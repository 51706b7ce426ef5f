namespace DiscordIntel.Providers;

/// <summary>The OpenAI-compatible server that answers.</summary>
public sealed class OpenAIOptions
{
    internal static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    /// <summary>The key (<c>OPENAI_API_KEY</c>). Required, unless <see cref="BaseUrl"/> names a server that needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The address of an OpenAI-compatible server, with its version part, such as <c>http://localhost:11434/v1</c> (<c>OPENAI_BASE_URL</c>).</summary>
    /// <value>Default: OpenAI's own.</value>
    public string? BaseUrl { get; set; }

    /// <summary>The API that answers chats.</summary>
    /// <value>Default: <see cref="OpenAIApi.Automatic"/>, the catalogue chooses for each request.</value>
    public OpenAIApi Api { get; set; }

    /// <summary>Makes the innermost HTTP handler, for a proxy, certificates of your own or a test. Called once; the SDK disposes of what it makes.</summary>
    /// <value>Default: a <see cref="SocketsHttpHandler"/> that renews its connections.</value>
    public Func<HttpMessageHandler>? PrimaryHandler { get; set; }

    internal Uri Endpoint => string.IsNullOrWhiteSpace(BaseUrl) ? DefaultBaseUrl : new Uri(BaseUrl);

    internal IEnumerable<string> Faults(string path)
    {
        if (string.IsNullOrWhiteSpace(ApiKey) && string.IsNullOrWhiteSpace(BaseUrl))
        {
            yield return $"{path}:ApiKey is not set. Set OPENAI_API_KEY or {path}:ApiKey, or point {path}:BaseUrl (OPENAI_BASE_URL) at a server that needs no key.";
        }
        else if (ApiKey is { } key && (key.Any(char.IsControl) || key.Any(c => c > 126) || key.Trim() != key))
        {
            yield return $"{path}:ApiKey holds a line break, a blank at an end or a character that no key has (the value is not shown). Copy the key again.";
        }

        if (!Enum.IsDefined(Api))
        {
            yield return $"{path}:Api is {Api}. Set one of: {string.Join(", ", Enum.GetNames<OpenAIApi>())}.";
        }

        if (!string.IsNullOrWhiteSpace(BaseUrl) && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
        {
            // What stands before an @ may be a password.
            string shown = BaseUrl.Contains('@', StringComparison.Ordinal) ? "no address (the value is not shown)" : $"'{BaseUrl}'";
            yield return $"{path}:BaseUrl is {shown}. Set an absolute http or https address, such as http://localhost:11434/v1.";
        }
    }
}
