using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Checks answers against one schema. Safe for concurrent use.</summary>
internal sealed class SchemaValidator
{
    private const int DeepestAnswer = 64;

    private readonly SchemaNode _root;

    public SchemaValidator(SchemaNode root) => _root = root;

    /// <summary>Reads a schema for checking only: it need not be fit for a strict model.</summary>
    public static bool TryRead(JsonElement schema, [NotNullWhen(true)] out SchemaValidator? validator, out IReadOnlyList<string> faults)
    {
        var found = new SchemaFaults();
        SchemaDocument? document = SchemaReader.Read(schema, found);
        validator = document is null || found.Any ? null : new SchemaValidator(document.Root);
        faults = found.Texts;
        return validator is not null;
    }

    public SchemaVerdict Validate(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Validate(Encoding.UTF8.GetBytes(json));
    }

    public SchemaVerdict Validate(ReadOnlyMemory<byte> utf8Json)
    {
        if (!JsonText.TryParse(utf8Json, new JsonDocumentOptions { MaxDepth = DeepestAnswer }, out JsonDocument? document, out string? fault))
        {
            return SchemaVerdict.Invalid([SchemaIssue.Of(utf8Json.Span.TrimStart(" \t\r\n"u8).StartsWith("```"u8)
                ? "$: it is wrapped in a ``` fence where bare JSON is expected"
                : $"$: {fault}")]);
        }

        using (document)
        {
            var run = new ValidationRun(utf8Json);
            IReadOnlyList<SchemaIssue> issues = run.Validate(_root, document.RootElement);
            if (issues.Count > 0)
            {
                return SchemaVerdict.Invalid(issues);
            }

            return SchemaVerdict.Valid(run.HasChanges ? Rewrite(document.RootElement, run) : utf8Json);
        }
    }

    private static ReadOnlyMemory<byte> Rewrite(JsonElement answer, ValidationRun run)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Copy(answer, run, writer);
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Copy(JsonElement value, ValidationRun run, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (!run.IsDropped(member.Value))
                    {
                        writer.WritePropertyName(member.Name);
                        Copy(member.Value, run, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Copy(item, run, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when run.IsRespelt(value):
                WriteInteger(value, writer);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>The serializer reads <c>1</c> as an integer, and neither <c>1.0</c> nor <c>1e0</c>. What is too large for any integer type stays.</summary>
    private static void WriteInteger(JsonElement number, Utf8JsonWriter writer)
    {
        if (Int128.TryParse(JsonMarshal.GetRawUtf8Value(number), ClrScalars.IntegerStyles, CultureInfo.InvariantCulture, out Int128 integer))
        {
            writer.WriteRawValue(integer.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
        }
        else
        {
            number.WriteTo(writer);
        }
    }
}
