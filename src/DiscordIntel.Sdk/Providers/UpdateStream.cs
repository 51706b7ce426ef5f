using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>The stream of a client that speaks in updates.</summary>
internal sealed class UpdateStream(IAsyncEnumerator<ChatResponseUpdate> updates) : IReplyStream
{
    private readonly List<AIContent> _others = [];
    private UsageDetails? _usage;
    private ReplyDetails? _details;
    private string? _model;
    private string? _id;
    private ChatFinishReason? _finish;

    public string Text { get; private set; } = "";

    public bool IsComplete => _finish is not null;

    public async ValueTask<bool> NextAsync()
    {
        if (!await updates.MoveNextAsync().ConfigureAwait(false))
        {
            return false;
        }

        if (updates.Current is not { } update)
        {
            throw new ProviderException(new ProviderFault { Status = 200, Kind = StepErrorKind.InvalidResponse, Message = "The stream holds an empty update.", IsOurs = true });
        }

        _model = update.ModelId ?? _model;
        _id = update.ResponseId ?? _id;
        _finish = update.FinishReason ?? _finish;
        _details = update.RawRepresentation as ReplyDetails ?? _details;
        Text = update.Text;
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent usage)
            {
                // Some clients tell it once for all, some piece by piece.
                (_usage ??= new UsageDetails()).Add(usage.Details);
            }
            else if (content is not TextContent)
            {
                _others.Add(content);
            }
        }

        return true;
    }

    public ChatResponse ToResponse(string text) => new(new ChatMessage(ChatRole.Assistant, text.Length == 0 ? [.. _others] : [new TextContent(text), .. _others]))
    {
        ResponseId = _id,
        ModelId = _model,
        FinishReason = _finish,
        Usage = _usage,
        RawRepresentation = _details,
    };

    public ValueTask DisposeAsync() => updates.DisposeAsync();
}
