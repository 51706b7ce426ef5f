using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DiscordIntel.TestKit;

/// <summary>One HTTP exchange of the shared traffic: what was asked, and what the service really sent.</summary>
public sealed record TrafficRecord
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private TrafficRecord(JsonElement root)
    {
        JsonElement request = root.GetProperty("request"), response = root.GetProperty("response");
        Name = root.GetProperty("name").GetString()!;
        Kinds = [.. root.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()!)];
        Authenticity = root.GetProperty("authenticity").GetString()!;
        Method = request.GetProperty("method").GetString()!;
        Host = request.GetProperty("host").GetString()!;
        Path = request.GetProperty("path").GetString()!;
        RequestBody = request.GetProperty("body") is { ValueKind: not JsonValueKind.Null } body ? body : null;
        Status = response.GetProperty("status").GetInt32();
        ResponseHeaders = response.GetProperty("headers").EnumerateObject()
            .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        IsStream = response.TryGetProperty("sse", out _);
        ResponseBytes = response.TryGetProperty("bodyBase64", out JsonElement binary)
            ? binary.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(Text(response));
        Expect = root.GetProperty("expect");
    }

    /// <summary>The record's name, for example <c>66-tool-call-sse</c>.</summary>
    public string Name { get; }

    /// <summary>What the record shows, for example <c>tool-call-sse</c>.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>How near the wire the record is: <c>recorded</c>, or a sentence that says what was changed or invented.</summary>
    public string Authenticity { get; }

    /// <summary>The request's method.</summary>
    public string Method { get; }

    /// <summary>The service's host name; <c>-</c> where the record stands for any service.</summary>
    public string Host { get; }

    /// <summary>The request's path.</summary>
    public string Path { get; }

    /// <summary>The request's body, or <c>{"multipart": {"field": ["value"]}}</c>; null where it had none or it was not kept.</summary>
    public JsonElement? RequestBody { get; }

    /// <summary>The response's status code.</summary>
    public int Status { get; }

    /// <summary>The response's headers; the names are compared without case.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders { get; }

    /// <summary>Whether the response is a server-sent event stream; then the bytes are those of the wire.</summary>
    public bool IsStream { get; }

    /// <summary>The response's body. A JSON body is serialised without spaces: its original spacing and escapes are not known.</summary>
    public ReadOnlyMemory<byte> ResponseBytes { get; }

    /// <summary>The response's body as UTF-8 text; meaningless for audio.</summary>
    public string ResponseText => Encoding.UTF8.GetString(ResponseBytes.Span);

    /// <summary>What a reader should make of the answer; an empty object where the record says nothing.</summary>
    public JsonElement Expect { get; }

    /// <summary>Reads one record.</summary>
    /// <param name="file">The record's file.</param>
    /// <returns>The record.</returns>
    public static TrafficRecord Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return new(document.RootElement.Clone());
    }

    /// <summary>Reads all records, those taken from real traffic first, each group by name.</summary>
    /// <returns>The records; none when the shared material is absent.</returns>
    public static IEnumerable<TrafficRecord> All() =>
        from folder in (string[])["traffic/recorded", "traffic/documented"]
        let path = SharedMaterial.Find(folder)
        where path is not null
        from file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)
        select Read(file);

    /// <summary>The record's name, so that a test case shows it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private static string Text(JsonElement response)
    {
        if (response.TryGetProperty("sse", out JsonElement lines))
            return string.Join('\n', lines.EnumerateArray().Select(line => line.GetString()));
        JsonElement body = response.GetProperty("body");
        if (body.ValueKind == JsonValueKind.String)
            return body.GetString()!;
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_compact))
            body.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
