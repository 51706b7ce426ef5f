using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>A schema document that was read: its root schema and the JSON it came from, detached from the caller's.</summary>
internal sealed record SchemaDocument(SchemaNode Root, JsonElement Json);
