using System.Runtime.CompilerServices;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>A response as server-sent events, made one at a time as the reader takes them. Its end is an event of its own, where Chat Completions has a mark.</summary>
internal static class ResponseStream
{
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(
        EmulatorCall call, Completion completion, StreamScript script, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StreamPiece> pieces = StreamPieces.Of(completion, script.ChunkLength, withUsage: true);
        StreamBreak? fault = script.Break;
        int count = fault is null ? pieces.Count - (script.HasDone ? 0 : 1) : Math.Min(fault.After, pieces.Count - 1);
        bool endsWithPiece = fault?.Kind is null or StreamBreakKind.Cut;
        using var writer = new EventWriter(script);
        var events = new ResponseEvents(call, completion, script.Usage ?? true);
        for (int i = 0; i < count; i++)
        {
            if (script.Delay > TimeSpan.Zero)
            {
                await Task.Delay(script.Delay, call.Time, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (script.Comment is { } comment)
            {
                yield return writer.Comment(comment);
            }

            call.Generated(pieces[i].Text);
            ResponseEvent[] sent = [.. events.Of(pieces[i])];
            for (int j = 0; j < sent.Length; j++)
            {
                yield return writer.Json(events.Write, sent[j], isLast: endsWithPiece && i == count - 1 && j == sent.Length - 1, sent[j].Name);
            }
        }

        switch (fault?.Kind)
        {
            case StreamBreakKind.Reset:
                throw CompletionStream.Reset();
            case StreamBreakKind.Stall:
                await Silence.KeepAsync(call, cancellationToken).ConfigureAwait(false);
                break;
            case StreamBreakKind.Malformed:
                yield return writer.Json(events.Write, new ResponseEvent("response.output_text.delta", json => json.WriteString("delta", "This event is cut off.")), isLast: true, isCut: true);
                break;
            case StreamBreakKind.RouterError:
                yield return writer.Json(events.Write, events.Failed(fault, "Provider disconnected unexpectedly"), isLast: true, "response.failed");
                break;
            case StreamBreakKind.Error:
                yield return writer.Json(events.Write, ResponseEvents.Error(fault, ServiceErrors.Internal.Message), isLast: true, "error");
                break;
        }
    }
}
