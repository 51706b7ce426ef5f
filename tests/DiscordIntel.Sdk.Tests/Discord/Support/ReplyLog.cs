using System.Text;
using DiscordIntel.Discord;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>All that happened in a reply.</summary>
internal sealed record ReplyLog(ReplyCase Case, FakeDiscord Discord, ScriptedModel Model, ReplyOutcome Outcome, TimeSpan EndedAt)
{
    /// <summary>The text that is to be shown.</summary>
    public string Text => DiscordText.ApplyLinkPolicy(DiscordText.Normalize(Model.Given), ReplyCase.Links);

    /// <summary>Whether the last words could be written.</summary>
    public bool WasDelivered => Outcome.End is ReplyEnd.Completed or ReplyEnd.Stopped or ReplyEnd.Truncated or ReplyEnd.ModelFailed
        || (Outcome.End == ReplyEnd.Expired && Discord.Shown.Any(call => call.Message.Content.Contains(new ReplyLines().OutOfTime[..10], StringComparison.Ordinal)));

    public string? File => Discord.Shown.SelectMany(call => call.Message.Files).Select(file => Encoding.UTF8.GetString(file.Content.Span)).SingleOrDefault();

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{Case with { Document = "" }}");
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"script: {string.Join(", ", Case.Script.OrderBy(act => act.Key).Select(act => $"{act.Key} {act.Value}"))}");
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{Outcome with { SinkFault = null }} {Outcome.SinkFault?.Message}");
        foreach (FakeCall call in Discord.Calls)
        {
            text.AppendLine(call.ToString());
        }

        return text.AppendLine(Text.ReplaceLineEndings("⏎")).ToString();
    }
}
