using System.Globalization;
using DiscordIntel.Testing.Streaming;

namespace DiscordIntel.Testing;

/// <content>How a reply streams. Each method gives a new reply and leaves this one as it is.</content>
public sealed partial class EmulatorReply
{
    /// <summary>Waits before every chunk, on the emulator's clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public EmulatorReply Paced(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Streaming(stream => stream with { Delay = delay });
    }

    /// <summary>So many characters of text in a chunk, in place of a word; one more where a surrogate pair would be cut.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="characters"/> is below 1.</exception>
    public EmulatorReply InChunksOf(int characters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(characters, 1);
        return Streaming(stream => stream with { ChunkLength = characters });
    }

    /// <summary>The body arrives in at most so many bytes at once, wherever its events begin. This works for every reply with a body, streamed or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is below 1.</exception>
    public EmulatorReply InReadsOf(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return new EmulatorReply(Status, _answer, IsCompletion, _stream with { ReadLength = bytes });
    }

    /// <summary>The stream ends behind so many chunks as if it were complete: no finish reason, no usage, no <c>[DONE]</c>.</summary>
    /// <param name="chunks">How many chunks come; a reply with fewer loses only its <c>[DONE]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    public EmulatorReply CutAfter(int chunks) => Breaking(chunks, StreamBreakKind.Cut);

    /// <summary>The connection is reset behind so many chunks: <see cref="IOException"/> to whoever reads on.</summary>
    /// <param name="chunks">How many chunks come; a reply with fewer is reset before its <c>[DONE]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    public EmulatorReply ResetAfter(int chunks) => Breaking(chunks, StreamBreakKind.Reset);

    /// <summary>Nothing comes behind so many chunks, and the connection stays open until the reader leaves.</summary>
    /// <param name="chunks">How many chunks come; a reply with fewer falls silent before its <c>[DONE]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    public EmulatorReply StallAfter(int chunks) => Breaking(chunks, StreamBreakKind.Stall);

    /// <summary>Behind so many chunks comes an error as OpenAI sends it, <c>{"error":{...}}</c>, and then <c>[DONE]</c>.</summary>
    /// <param name="chunks">How many chunks come before it; all of them when the reply has fewer.</param>
    /// <param name="code">The error's <c>code</c> and <c>type</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    public EmulatorReply ErrorAfter(int chunks, string code = "server_error")
    {
        ArgumentNullException.ThrowIfNull(code);
        return Breaking(chunks, StreamBreakKind.Error, code);
    }

    /// <summary>Behind so many chunks comes an error as OpenRouter sends it, in a last chunk with the finish reason <c>error</c>; no <c>[DONE]</c>.</summary>
    /// <param name="chunks">How many chunks come before it; all of them when the reply has fewer.</param>
    /// <param name="code">The error's <c>code</c>, as text.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    public EmulatorReply RouterErrorAfter(int chunks, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Breaking(chunks, StreamBreakKind.RouterError, code);
    }

    /// <summary>Like the overload with text, with the <c>code</c> as a number, which OpenRouter uses as well.</summary>
    public EmulatorReply RouterErrorAfter(int chunks, int code) =>
        Breaking(chunks, StreamBreakKind.RouterError, code.ToString(CultureInfo.InvariantCulture), isNumber: true);

    /// <summary>A comment line before every chunk, as OpenRouter sends it to keep a connection alive.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> has a line break.</exception>
    public EmulatorReply WithComments(string text = "OPENROUTER PROCESSING")
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny('\r', '\n')
            ? throw new ArgumentException("A comment is one line.", nameof(text))
            : Streaming(stream => stream with { Comment = text });
    }

    /// <summary>Sends the usage though nobody asked for it, as OpenRouter does, or never, as some servers do; also in a reply that is not streamed.</summary>
    public EmulatorReply WithUsage(bool sent) => Streaming(stream => stream with { Usage = sent });

    /// <summary>Lines end in CR LF.</summary>
    public EmulatorReply WithCrLf() => Streaming(stream => stream with { LineEnd = "\r\n" });

    /// <summary>Leaves out the <c>[DONE]</c> of a complete stream.</summary>
    public EmulatorReply WithoutDone() => Streaming(stream => stream with { HasDone = false });

    /// <summary>Leaves out the blank line behind the last event, which would end it.</summary>
    public EmulatorReply WithoutLastBlankLine() => Streaming(stream => stream with { HasLastBlankLine = false });

    private EmulatorReply Breaking(int chunks, StreamBreakKind kind, string code = "", bool isNumber = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        return Streaming(stream => stream with { Break = new StreamBreak(chunks, kind) { Code = code, IsNumber = isNumber } });
    }

    // An error that was asked to stream would answer as if nothing had been said, and the test would not show it.
    private EmulatorReply Streaming(Func<StreamScript, StreamScript> change) => IsCompletion
        ? new EmulatorReply(Status, _answer, isCompletion: true, change(_stream))
        : throw new InvalidOperationException("Only a chat completion streams. This reply is an error or a body of its own.");
}
