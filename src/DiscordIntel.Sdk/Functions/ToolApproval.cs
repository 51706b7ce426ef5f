using System.Text.Json;

namespace DiscordIntel.Functions;

/// <summary>A call that waits for a yes or a no.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">The arguments, checked against its schema. They are the model's words: show them as such.</param>
/// <param name="Scope">For whom.</param>
public sealed record ToolApproval(string Tool, JsonElement Arguments, IntelScope Scope);
