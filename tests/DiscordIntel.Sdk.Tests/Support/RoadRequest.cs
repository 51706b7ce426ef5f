using System.Text.Json;

namespace DiscordIntel.Tests.Support;

/// <summary>One request as it reached the server.</summary>
internal sealed record RoadRequest(string Method, Uri Address, string? Authorization, string Body, DateTimeOffset At)
{
    public JsonElement Json => JsonElement.Parse(Body);
}
