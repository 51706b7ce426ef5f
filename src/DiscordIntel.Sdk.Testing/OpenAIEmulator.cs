using System.Net;
using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Http;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing;

/// <summary>
/// An OpenAI-compatible server inside the test's process: no key, no network, no port, no clock. It checks requests to Chat Completions and to
/// Responses as OpenAI does and answers a faulty one with OpenAI's 400; a lawful one gets the next scripted reply, or a reply built from its content,
/// whole or streamed as the request has it. <see cref="ListenAsync"/> opens it on a loopback port.
/// </summary>
/// <remarks>
/// It knows <c>POST …/chat/completions</c>, <c>POST …/responses</c> and <c>GET …/models</c>, below any path prefix. Both APIs get the same replies,
/// each in its own form; reasoning is given on Responses alone, encrypted, when a request asks for it. The reply it builds
/// fits the requested JSON schema, consists of sentences of the last user message and is the same for the same request:
/// it shows that the plumbing works and says nothing about the content. Sampling parameters, <c>n</c>, tools and token limits are checked
/// but do not change that reply. A reply names the model that was asked for, as OpenAI's do, so that its tokens have that model's price; what tells it
/// apart is its request id, <c>req_emulator_1</c> and so on. Safe for concurrent use.
/// </remarks>
public sealed class OpenAIEmulator
{
    private readonly Lock _lock = new();
    private readonly List<EmulatorCall> _calls = [];
    private readonly LinkedList<EmulatorReply> _script = [];
    private readonly TimeProvider _time;
    private EmulatorReply? _always;

    /// <summary>Starts an emulator without scripted replies.</summary>
    /// <param name="time">The clock of replies that are <see cref="EmulatorReply.Paced"/>; null for the system's.</param>
    public OpenAIEmulator(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Everything received so far, in order: a snapshot that later requests do not change.</summary>
    public IReadOnlyList<EmulatorRequest> Requests => [.. Snapshot().Select(call => call.ToRecord())];

    /// <summary>
    /// What the completions so far would be charged for, one line for each model that was asked for, in the order of their names: a snapshot.
    /// </summary>
    /// <remarks>
    /// A completion is charged for its prompt as soon as its answer begins, and for the text that was generated, whether or not it arrived: a stream that was
    /// cut, reset, stalled, ended by an error or left by its reader counts the chunks produced until then. Errors, faults before an answer and
    /// <see cref="EmulatorReply.Raw"/> bodies are free.
    /// </remarks>
    public IReadOnlyList<EmulatorBill> Billed =>
    [
        .. Snapshot()
            .Select(call => call.ToBill())
            .OfType<EmulatorBill>()
            .GroupBy(bill => bill.Model)
            .OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => new EmulatorBill
            {
                Model = model.Key,
                Completions = model.Sum(bill => bill.Completions),
                InputTokens = model.Sum(bill => bill.InputTokens),
                OutputTokens = model.Sum(bill => bill.OutputTokens),
            }),
    ];

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

    /// <summary>
    /// Opens this emulator on a port of its own, for clients outside this process or without .NET: real sockets, the same replies, checks, counts and bill.
    /// Only this machine can reach it. Several servers may share one emulator.
    /// </summary>
    /// <param name="port">The port, 1 to 65535; 0 takes a free one.</param>
    /// <param name="answered">Is told of every request when its answer has ended, from many threads at once; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The running server; dispose of it to stop it.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is outside its range.</exception>
    public Task<EmulatorServer> ListenAsync(int port = 0, IProgress<EmulatorRequest>? answered = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return EmulatorServer.StartAsync(this, port, answered, cancellationToken);
    }

    /// <summary>Checks a request, takes the reply for it and writes it down. The answer itself is then up to the reply.</summary>
    internal (EmulatorCall Call, EmulatorReply Reply) Receive(ReceivedRequest received, CancellationToken stopping)
    {
        ApiError? error = RequestCheck.Find(received);
        lock (_lock)
        {
            EmulatorReply reply = error is null ? NextReply(received) : EmulatorReply.Error(error);
            var call = new EmulatorCall(_calls.Count + 1, received, reply.Status, _time, stopping);
            _calls.Add(call);
            return (call, reply);
        }
    }

    private EmulatorCall[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _calls];
        }
    }

    private EmulatorReply NextReply(ReceivedRequest received)
    {
        for (LinkedListNode<EmulatorReply>? node = _script.First; node is not null; node = node.Next)
        {
            if (received.IsModelCall || !node.Value.IsCompletion)
            {
                _script.Remove(node);
                return node.Value;
            }
        }

        return received.IsModelCall ? _always ?? DefaultReply.ForChat
            : _always is { IsCompletion: false } ? _always
            : DefaultReply.ForModels;
    }
}
