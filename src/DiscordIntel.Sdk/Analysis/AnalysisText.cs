using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Evidence;

namespace DiscordIntel.Analysis;

/// <summary>An analysis as compact JSON for a model: what it may build on, without places. A quote that was not found is left out.</summary>
internal static class AnalysisText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ContentAnalysis analysis)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("kind", analysis.Kind.ToString());
            json.WriteNumber("score", Math.Round(analysis.Score, 2));
            json.WriteNumber("confidence", Math.Round(analysis.Confidence, 2));
            json.WriteString("summary", analysis.Summary);
            Each(json, "keyPoints", analysis.KeyPoints, point => Finding(json, "text", point.Text, null, point.Quote));
            Each(json, "bias", analysis.BiasIndicators, bias => Finding(json, "type", bias.Type, bias.Explanation, bias.Quote));
            Each(json, "claims", analysis.Claims, claim => Claim(json, claim));
            if (analysis.Debate is { } debate)
            {
                Each(json, "speakers", debate.Speakers, speaker => Speaker(json, speaker.Name, speaker.Score, speaker.Position));
                Each(json, "fallacies", debate.Fallacies, fallacy => Finding(json, "name", fallacy.Name, fallacy.Explanation, fallacy.Quote));
            }

            if (analysis.Sentiment is { } mood)
            {
                json.WriteString("mood", mood.Overall);
                Each(json, "speakers", mood.Speakers, speaker => Speaker(json, speaker.Name, speaker.Score, speaker.Summary));
            }

            if (analysis.MissingParts.Count > 0)
            {
                json.WriteNumber("partsNotRead", analysis.MissingParts.Count);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Claim(Utf8JsonWriter json, Claim claim)
    {
        json.WriteString("text", claim.Text);
        json.WriteString("verdict", claim.Verdict.ToString());
        json.WriteString("belief", claim.Belief.ToString());
        json.WriteNumber("confidence", Math.Round(claim.Confidence, 2));
        Each(json, "evidence", claim.Evidence, cited => Cited(json, cited));
    }

    private static void Cited(Utf8JsonWriter json, CitedEvidence cited)
    {
        json.WriteString("title", cited.Title);
        Maybe(json, "url", cited.Url?.OriginalString);
        Maybe(json, "date", cited.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("quote", cited.Quote.Text);
    }

    private static void Speaker(Utf8JsonWriter json, string name, double score, string summary)
    {
        json.WriteString("name", name);
        json.WriteNumber("score", Math.Round(score, 2));
        json.WriteString("summary", summary);
    }

    private static void Finding(Utf8JsonWriter json, string head, string text, string? explanation, SourceQuote quote)
    {
        json.WriteString(head, text);
        Maybe(json, "explanation", explanation);
        Maybe(json, "quote", quote.IsFound ? quote.Text : null);
    }

    private static void Maybe(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
