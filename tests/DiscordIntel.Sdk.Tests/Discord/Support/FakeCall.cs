using DiscordIntel.Discord;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>A call that the fake Discord got.</summary>
/// <param name="Number">From 0 on.</param>
/// <param name="At">When it began.</param>
/// <param name="Index">The message: 0 for the first.</param>
/// <param name="IsPost">Whether it was a new message.</param>
/// <param name="Message">What it was to show.</param>
internal sealed record FakeCall(int Number, TimeSpan At, int Index, bool IsPost, ReplyMessage Message)
{
    public TimeSpan? EndedAt { get; set; }

    /// <summary>Null when it went well.</summary>
    public ReplySinkFailure? Failure { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public bool MayHaveApplied { get; set; }

    public bool Succeeded => EndedAt is not null && Failure is null;

    public override string ToString() =>
        $"{At.TotalSeconds,8:0.000} {(IsPost ? "POST" : "EDIT")} {Index} {Message.State}/{Message.Controls} {Failure} {Message.Content.Length} {Message.Content.ReplaceLineEndings("⏎")}";
}
