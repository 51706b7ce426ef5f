using System.Globalization;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Testing.Content;
using DiscordIntel.Testing.Shaping;

namespace DiscordIntel.Testing.Replies;

/// <summary>What a lawful request gets when nothing is scripted.</summary>
internal static class DefaultReply
{
    private const string Note = "This is a reply from the emulator, not from a model.";
    private const int LongestQuote = 200;

    public static EmulatorReply ForChat { get; } = EmulatorReply.Completion(call => new Completion { Content = Compose(call.Body) });

    public static EmulatorReply ForModels { get; } = EmulatorReply.Fixed(WireAnswer.Json(200, ListModels()));

    private static string Compose(JsonElement request)
    {
        string content = RequestText.OfLastUserMessage(request);
        IReadOnlyList<string> sentences = ContentSentences.Read(content);
        var walk = new SentenceWalk(sentences);
        JsonElement format = request.TryGetProperty("response_format", out JsonElement given)
            || (request.TryGetProperty("text", out JsonElement text) && text.TryGetProperty("format", out given)) ? given : default;
        string kind = format.ValueKind == JsonValueKind.Object ? format.GetProperty("type").GetString()! : "text";
        if (kind == "json_schema" && (format.TryGetProperty("json_schema", out JsonElement named) ? named : format).TryGetProperty("schema", out JsonElement schema))
        {
            // Keyed by the sentences: markers around the content are random, and the same content shall get the same reply.
            return JsonText.Write(json => new SchemaShapedReply(json, schema, walk, SpeakerLabels.Read(content), string.Join('\n', sentences)).Write());
        }

        string? quote = walk.IsEmpty ? null : walk.Next(LongestQuote);
        return kind == "text"
            ? quote is null ? $"{Note} Your message holds no text to quote." : $"{Note} Your message says: \"{quote}\""
            : JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("note", Note);
                json.WriteString("quote", quote);
                json.WriteEndObject();
            });
    }

    private static string ListModels() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (ModelInfo model in ModelCatalog.Default.Models.OrderBy(model => model.Id, StringComparer.Ordinal))
        {
            WriteModel(json, model.Id, model.Shutdown);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteModel(Utf8JsonWriter json, string id, DateOnly? shutdown)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        json.WriteNumber("created", 1_767_225_600);
        json.WriteString("owned_by", "emulator");
        json.WriteString("shutdown_date", shutdown?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
