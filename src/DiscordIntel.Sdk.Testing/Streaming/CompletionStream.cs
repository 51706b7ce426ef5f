using System.Net.Sockets;
using System.Runtime.CompilerServices;
using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>A completion as server-sent events, made one at a time as the reader takes them: a reader that leaves ends the production.</summary>
internal static class CompletionStream
{
    private const string Done = "[DONE]";

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(
        EmulatorCall call, Completion completion, StreamScript script, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool asked = call.WantsUsage && script.Usage != false;
        IReadOnlyList<StreamPiece> pieces = StreamPieces.Of(completion, script.ChunkLength, script.Usage ?? asked);
        StreamBreak? fault = script.Break;
        int count = Math.Min(fault?.After ?? pieces.Count, pieces.Count);
        bool endsWithChunk = fault is null ? !script.HasDone : fault.Kind is StreamBreakKind.Cut;
        using var events = new EventWriter(script);
        var chunks = new ChunkWriter(call, completion, asked);
        for (int i = 0; i < count; i++)
        {
            if (script.Delay > TimeSpan.Zero)
            {
                await Task.Delay(script.Delay, call.Time, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (script.Comment is { } comment)
            {
                yield return events.Comment(comment);
            }

            call.Generated(pieces[i].Text);
            yield return events.Json(chunks.Write, pieces[i], isLast: endsWithChunk && i == count - 1);
        }

        switch (fault?.Kind)
        {
            case StreamBreakKind.Reset:
                throw Reset();
            case StreamBreakKind.Stall:
                await Silence.KeepAsync(call, cancellationToken).ConfigureAwait(false);
                break;
            case StreamBreakKind.Malformed:
                yield return events.Json(chunks.Write, new StreamPiece(StreamPieceKind.Content, " This event is cut off."), isLast: true, isCut: true);
                break;
            case StreamBreakKind.RouterError:
                yield return events.Json(chunks.WriteRouterError, fault, isLast: true);
                break;
            case StreamBreakKind.Error:
                yield return events.Data(ErrorOf(fault).ToJson(), isLast: !script.HasDone);
                break;
        }

        if (script.HasDone && fault?.Kind is null or StreamBreakKind.Error)
        {
            yield return events.Data(Done, isLast: true);
        }
    }

    /// <summary>What a reader of a socket gets when the other side resets the connection.</summary>
    public static IOException Reset() => new(
        "Unable to read data from the transport connection: Connection reset by peer.", new SocketException((int)SocketError.ConnectionReset));

    private static ApiError ErrorOf(StreamBreak fault) => ServiceErrors.Internal with { Type = fault.Code, Code = fault.Code };
}
