using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>A client that gives its streams without an object for every word, as ours does.</summary>
internal interface IReplyStreamSource
{
    ValueTask<IReplyStream> OpenAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken);
}
