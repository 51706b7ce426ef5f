using DiscordIntel.Discord;

namespace DiscordIntel.Samples.Terminal;

/// <summary>A call that would have gone to Discord.</summary>
internal sealed record PreviewCall(double At, string Call, int Message, int Chars, ReplyState State, ReplyControls Controls, IReadOnlyList<string> Files, string Content);
