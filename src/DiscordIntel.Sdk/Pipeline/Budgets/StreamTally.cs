using DiscordIntel.Providers;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>What a stream has shown of its bill so far.</summary>
internal sealed class StreamTally
{
    private UsageDetails? _usage;
    private ReplyDetails? _details;
    private string? _modelId;
    private long _textBytes;

    public void Add(ChatResponseUpdate update)
    {
        _modelId = update.ModelId ?? _modelId;
        _details = update.RawRepresentation as ReplyDetails ?? _details;
        for (int i = 0; i < update.Contents.Count; i++)
        {
            switch (update.Contents[i])
            {
                case UsageContent usage:
                    _usage = usage.Details;
                    break;
                case TextContent text:
                    _textBytes += CostEstimator.Bytes(text.Text);
                    break;
                default:
                    break;
            }
        }
    }

    public Billing.Bill Bill(CallContext context)
    {
        context.Account.Usage = _usage;
        context.Account.AnsweringModel = context.Shown(_modelId) ?? context.Model;
        return _usage is null && _details?.Cost is null
            ? Billing.OfCutStream(context, _textBytes)
            : Billing.Of(context, new ChatResponse { ModelId = _modelId, Usage = _usage, RawRepresentation = _details });
    }
}
