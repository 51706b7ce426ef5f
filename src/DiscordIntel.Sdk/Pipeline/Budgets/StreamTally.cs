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
    private bool _holdsMore;

    public void Add(ChatResponseUpdate update)
    {
        _modelId = update.ModelId ?? _modelId;
        _details = update.RawRepresentation as ReplyDetails ?? _details;
        for (int i = 0; i < update.Contents.Count; i++)
        {
            switch (update.Contents[i])
            {
                case UsageContent usage:
                    // Parts of a whole, as everywhere in this vocabulary.
                    (_usage ??= new UsageDetails()).Add(usage.Details);
                    break;
                case TextContent text:
                    _textBytes += CostEstimator.Bytes(text.Text);
                    break;
                default:
                    // Reasoning, a refusal, a call of a tool: it was billed, and has no size here.
                    _holdsMore = true;
                    break;
            }
        }
    }

    public Billing.Bill Bill(CallContext context)
    {
        context.Account.Usage = _usage;
        context.Account.AnsweringModel = context.Shown(_modelId) ?? context.Model;
        return _usage is not null || _details?.Cost is not null
            ? Billing.Of(context, new ChatResponse { ModelId = _modelId, Usage = _usage, RawRepresentation = _details })
            : _holdsMore ? Billing.MostOf(context)
            : Billing.OfCutStream(context, _textBytes);
    }
}
