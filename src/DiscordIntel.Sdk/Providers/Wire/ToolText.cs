using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>What goes to and fro between a model and the host's functions: definitions, arguments and results, as the text that both APIs carry.</summary>
internal static class ToolText
{
    /// <summary>In a function's <see cref="AITool.AdditionalProperties"/>: true asks the server to hold the arguments to the schema, which must then be a strict one.</summary>
    public const string Strict = "strict";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Values of any type that the host's functions give; primitives and JSON come without reflection.
    private static readonly JsonTypeInfo AnyType = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object));

    /// <summary>The tools of a request, each a function; none is an empty list.</summary>
    /// <exception cref="ProviderException">A tool is no function.</exception>
    public static List<AIFunctionDeclaration> FunctionsOf(ChatOptions? options) =>
        options?.Tools is { Count: > 0 } tools
            ? [.. tools.Select(tool => tool as AIFunctionDeclaration
                ?? throw RequestShape.Invalid($"The tool '{tool.Name}' is a {tool.GetType().Name}, which this version does not send. Offer functions."))]
            : [];

    /// <summary>Writes what both APIs say of a function: name, description, parameters, strictness.</summary>
    public static void WriteFunction(Utf8JsonWriter json, AIFunctionDeclaration function)
    {
        json.WriteString("name"u8, function.Name);
        if (function.Description is { Length: > 0 } description)
        {
            json.WriteString("description"u8, description);
        }

        json.WritePropertyName("parameters"u8);
        WriteParameters(json, function.JsonSchema);

        // Always said: the APIs differ in what they take for granted.
        json.WriteBoolean("strict"u8, function.AdditionalProperties.TryGetValue(Strict, out object? strict) && strict is true);
    }

    /// <summary>Writes how freely the model may choose among its tools, where it need not call a certain one.</summary>
    public static void WriteChoice(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ToolMode is { } mode)
        {
            json.WriteString("tool_choice"u8, mode is NoneChatToolMode ? "none"u8 : mode is RequiredChatToolMode ? "required"u8 : "auto"u8);
        }
    }

    /// <summary>The arguments as the model wrote them, or as the host gives them; null where JSON cannot hold them.</summary>
    public static string? ArgumentsOf(FunctionCallContent call) =>
        call.RawRepresentation as string ?? (call.Arguments is { } arguments ? Serialize(new Dictionary<string, object?>(arguments)) : "{}");

    /// <summary>Reads the arguments that a model wrote. Anything but a JSON object is a fault, never an empty list of arguments.</summary>
    public static bool TryRead(string arguments, [NotNullWhen(true)] out Dictionary<string, object?>? values, [NotNullWhen(false)] out Exception? fault)
    {
        (values, fault) = (null, null);
        try
        {
            // Broken text inside would throw only where a method reads it.
            var check = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
            while (check.Read())
            {
                if (check.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = check.GetString();
                }
            }

            using JsonDocument document = JsonDocument.Parse(arguments);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                fault = new JsonException("The arguments are not a JSON object.");
                return false;
            }

            JsonElement root = document.RootElement.Clone();
            values = [];
            foreach (JsonProperty argument in root.EnumerateObject())
            {
                values[argument.Name] = argument.Value;
            }

            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            fault = broken;
            return false;
        }
    }

    /// <summary>What a function gave: text as it is, anything else as JSON. Nothing is empty text; null is a value that JSON cannot hold.</summary>
    public static string? ResultOf(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        TextContent text => text.Text,
        JsonElement { ValueKind: JsonValueKind.String } text => JsonText.Read(text),
        JsonElement { ValueKind: JsonValueKind.Undefined } => "",
        { } value => Serialize(value),
    };

    private static void WriteParameters(Utf8JsonWriter json, JsonElement schema)
    {
        bool isObject = schema.ValueKind is JsonValueKind.Object;
        if (isObject && schema.TryGetProperty("type"u8, out _))
        {
            schema.WriteTo(json);
            return;
        }

        // The root must say that it is an object; a function without parameters often has a schema that says nothing.
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        if (!isObject || !schema.TryGetProperty("properties"u8, out _))
        {
            json.WriteStartObject("properties"u8);
            json.WriteEndObject();
        }

        foreach (JsonProperty keyword in isObject ? schema.EnumerateObject() : default)
        {
            keyword.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static string? Serialize(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        try
        {
            JsonSerializer.Serialize(json, value, AnyType);
        }
        catch (Exception fault) when (fault is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            // A type that cannot be written, a cycle, a number that is none.
            return null;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
