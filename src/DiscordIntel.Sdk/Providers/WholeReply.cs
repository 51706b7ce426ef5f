using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>An answer that came at once where a stream was asked for.</summary>
internal sealed class WholeReply(ChatResponse reply) : IReplyStream
{
    public string Text { get; private set; } = "";

    public bool IsComplete => true;

    public ValueTask<bool> NextAsync()
    {
        bool isFirst = Text.Length == 0 && reply.Text.Length > 0;
        Text = reply.Text;
        return new(isFirst);
    }

    public ChatResponse ToResponse(string text) => reply;

    public ValueTask DisposeAsync() => default;
}
