using System.Globalization;
using DiscordIntel.Discord;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Takes the place of Discord: every call lasts a little, succeeds and is written down.</summary>
internal sealed class PreviewSink(int maxChars, VirtualClock clock) : IReplySink
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(0.15);
    private readonly List<PreviewCall> _calls = [];
    private int _messages;

    public IReadOnlyList<PreviewCall> Calls => _calls;

    public ReplyLimits Limits { get; } = new() { MaxChars = maxChars };

    public async ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken)
    {
        Note("post", ++_messages, message);
        await Task.Delay(CallTime, clock, cancellationToken);
        return new ReplyMessageId(_messages.ToString(CultureInfo.InvariantCulture));
    }

    public async ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken)
    {
        Note("edit", int.Parse(id.Value, CultureInfo.InvariantCulture), message);
        await Task.Delay(CallTime, clock, cancellationToken);
    }

    private void Note(string call, int number, ReplyMessage message) => _calls.Add(new PreviewCall(
        Math.Round(clock.Elapsed.TotalSeconds, 3), call, number, message.Content.Length, message.State, message.Controls, [.. message.Files.Select(file => file.Name)], message.Content));
}
