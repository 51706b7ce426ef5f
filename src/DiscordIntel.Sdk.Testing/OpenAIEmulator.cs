using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Http;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing;

/// <summary>
/// An OpenAI-compatible server inside the test's process: no key, no network, no port, no clock. It checks chat completion requests
/// as OpenAI does and answers a faulty one with OpenAI's 400; a lawful one gets the next scripted reply, or a reply built from its content.
/// </summary>
/// <remarks>
/// It knows <c>POST …/chat/completions</c> without streaming and <c>GET …/models</c>, below any path prefix. The reply it builds
/// fits the requested JSON schema, consists of sentences of the last user message and is the same for the same request:
/// it shows that the plumbing works and says nothing about the content. Sampling parameters, <c>n</c>, tools and token limits are checked
/// but do not change that reply. A reply names the model that was asked for, as OpenAI's do, so that its tokens have that model's price; what tells it
/// apart is its request id, <c>req_emulator_1</c> and so on. Safe for concurrent use.
/// </remarks>
public sealed class OpenAIEmulator
{
    private readonly Lock _lock = new();
    private readonly List<EmulatorRequest> _requests = [];
    private readonly LinkedList<EmulatorReply> _script = [];
    private EmulatorReply? _always;

    /// <summary>Starts an emulator without scripted replies.</summary>
    public OpenAIEmulator()
    {
    }

    /// <summary>Everything received so far, in order: a snapshot that later requests do not change.</summary>
    public IReadOnlyList<EmulatorRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A new handler over this emulator, for an <see cref="HttpClient"/>. Disposing it does not end the emulator.</summary>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(this);

    /// <summary>
    /// Adds replies that are used one a request, first in first out. A request that fails the checks uses none; the list of models
    /// passes over those that are chat completions.
    /// </summary>
    /// <param name="replies">The replies in the order of their use.</param>
    /// <returns>This emulator.</returns>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public OpenAIEmulator Enqueue(params ReadOnlySpan<EmulatorReply> replies)
    {
        if (replies.Contains(null!))
        {
            throw new ArgumentException("A reply is null.", nameof(replies));
        }

        lock (_lock)
        {
            foreach (EmulatorReply reply in replies)
            {
                _script.AddLast(reply);
            }
        }

        return this;
    }

    /// <summary>Answers every request for which no reply is queued with <paramref name="reply"/>.</summary>
    /// <param name="reply">The reply; null restores the reply built from the content.</param>
    /// <returns>This emulator.</returns>
    public OpenAIEmulator Always(EmulatorReply? reply)
    {
        lock (_lock)
        {
            _always = reply;
        }

        return this;
    }

    internal async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReceivedRequest received = await ReceivedRequest.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        ApiError? error = RequestCheck.Find(received);

        EmulatorReply reply;
        int number;
        lock (_lock)
        {
            reply = error is null ? NextReply(received) : EmulatorReply.Error(error);
            _requests.Add(received.ToRecord(reply.Status));
            number = _requests.Count;
        }

        WireAnswer answer = await reply.AnswerAsync(new EmulatorCall(number, received.Body), cancellationToken).ConfigureAwait(false);
        return answer.ToResponse(request, number);
    }

    private EmulatorReply NextReply(ReceivedRequest received)
    {
        for (LinkedListNode<EmulatorReply>? node = _script.First; node is not null; node = node.Next)
        {
            if (received.IsChat || !node.Value.IsCompletion)
            {
                _script.Remove(node);
                return node.Value;
            }
        }

        return received.IsChat ? _always ?? DefaultReply.ForChat
            : _always is { IsCompletion: false } ? _always
            : DefaultReply.ForModels;
    }
}
