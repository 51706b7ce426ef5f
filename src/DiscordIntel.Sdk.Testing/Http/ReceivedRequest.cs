using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DiscordIntel.Testing.Http;

/// <summary>A request as it was read from the client, before it is checked.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string RawBody, JsonElement Body)
{
    public bool IsChat => Method == "POST" && Path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public bool IsResponses => Method == "POST" && Path.EndsWith("/responses", StringComparison.Ordinal);

    /// <summary>Whether a model answers it, over whichever API.</summary>
    public bool IsModelCall => IsChat || IsResponses;

    public bool IsModels => Method == "GET" && Path.EndsWith("/models", StringComparison.Ordinal);

    public static async Task<ReceivedRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] bytes = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        return Of(
            request.Method.Method,
            request.RequestUri?.AbsolutePath ?? "/",
            request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()),
            bytes);
    }

    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return Of(
            request.Method,
            request.Path.ToUriComponent(),
            request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.OfType<string>())),
            body.ToArray());
    }

    public EmulatorRequest ToRecord(int status) => new()
    {
        Method = Method,
        Path = Path,
        Headers = Headers,
        Body = Body,
        RawBody = RawBody,
        Status = status,
    };

    private static ReceivedRequest Of(string method, string path, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, byte[] body) =>
        new(method, path, ReadHeaders(headers), Encoding.UTF8.GetString(body), ParseJson(body));

    private static Dictionary<string, string> ReadHeaders(IEnumerable<KeyValuePair<string, IEnumerable<string>>> all)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in all)
        {
#pragma warning disable CA1308 // The record's header names are lower case, as in HTTP/2.
            string key = name.ToLowerInvariant();
#pragma warning restore CA1308
            headers[key] = key == "authorization" ? "Bearer ***" : string.Join(", ", values);
        }

        return headers;
    }

    /// <summary>The body as JSON, undefined when it is none. Text that is not Unicode (a lone surrogate) counts as none: later readers rely on it.</summary>
    private static JsonElement ParseJson(byte[] bytes)
    {
        var options = new JsonDocumentOptions { MaxDepth = 256 };
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = options.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            using JsonDocument document = JsonDocument.Parse(bytes, options);
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
