using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// An answer read event by event from its connection. It is complete when the model has said why it ended and the server has marked the end: a connection
/// that closes before both has cut the answer off.
/// </summary>
internal sealed class ChatReplyStream : IReplyStream
{
    private readonly PipelineResponse _response;
    private readonly EventStream _body;
    private readonly ReplyDetails _details;
    private readonly IEventReader _reader;
    private readonly IAsyncEnumerator<SseItem<string?>> _events;

    public ChatReplyStream(PipelineResponse response, Stream body, IEventReader reader, ReplyDetails details, CancellationToken cancellationToken)
    {
        (_response, _reader, _details) = (response, reader, details);
        _body = new EventStream(body);
        _events = SseParser.Create(_body, (type, data) => Read(reader, type, data)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public string Text { get; private set; } = "";

    public bool IsComplete => _reader.IsDone && _reader.Reply.FinishReason is not null;

    public ValueTask<bool> NextAsync()
    {
        // What a server says after its mark is no part of the answer.
        if (_reader.IsDone)
        {
            return new(false);
        }

        ValueTask<bool> next = _events.MoveNextAsync();
        return next.IsCompletedSuccessfully ? new(Moved(next.Result)) : AwaitAsync(next);
    }

    public ChatResponse ToResponse(string text)
    {
        ChatReply reply = _reader.Gather();
        reply.Text = text;
        return ChatReplyMapper.ToResponse(reply, _details.With(reply));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next)
    {
        try
        {
            return Moved(await next.ConfigureAwait(false));
        }
        catch (JsonException) when (_body.HasEnded)
        {
            // Cut off inside an event: no fault of the event's.
            return false;
        }
        catch (JsonException broken)
        {
            throw new ProviderException(new ProviderFault
            {
                Status = 200,
                Kind = StepErrorKind.InvalidResponse,
                Message = $"An event of the stream is not a piece of an answer (byte {broken.BytePositionInLine ?? 0}).",
                RequestId = _details.RequestId,
                IsOurs = true,
            });
        }
    }

    private bool Moved(bool hasEvent)
    {
        if (!hasEvent)
        {
            return false;
        }

        if (_reader.Reply.Error is { } error)
        {
            throw new ProviderException(error with { RequestId = _details.RequestId ?? _reader.Reply.Id });
        }

        Text = _events.Current.Data ?? "";
        return true;
    }

    // An event that the server itself calls an error is one, whatever it holds.
    private static string? Read(IEventReader reader, string type, ReadOnlySpan<byte> data)
    {
        if (type is not "error")
        {
            return reader.Read(data);
        }

        reader.Reply.Error = ErrorReader.Read(data.ToArray(), new ProviderFault { Status = 200, Message = Encoding.UTF8.GetString(data) });
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync().ConfigureAwait(false);
        await _body.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }
}
