using System.Text.Json.Nodes;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Words for people and models about a type and its schema.</summary>
internal static class SchemaText
{
    /// <summary>The type as C# spells it: <c>List&lt;Claim&gt;</c>.</summary>
    public static string NameOf(Type type)
    {
        string name = type.Name.Split('`')[0];
        return type.GenericTypeArguments.Length == 0 ? name : $"{name}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>";
    }

    /// <summary>Adds a sentence to the description.</summary>
    public static void AddSentence(JsonObject schema, string sentence)
    {
        string? description = schema["description"]?.GetValue<string>();
        schema["description"] = string.IsNullOrWhiteSpace(description) ? sentence : $"{SchemaSentences.End(description)} {sentence}";
    }
}
