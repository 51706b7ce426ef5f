using System.Text.Json;

namespace DiscordIntel.Testing.Streaming;

/// <summary>One event of a streamed response: its name and what writes its members behind type and number.</summary>
internal sealed record ResponseEvent(string Name, Action<Utf8JsonWriter> WriteMembers);
