using System.Text;
using DiscordIntel.Testing.Streaming;

namespace DiscordIntel.Testing.Replies;

/// <summary>An answer as it goes over the wire: its body whole, or in pieces that come over time.</summary>
internal sealed record WireAnswer(int Status, string ContentType, IReadOnlyList<(string Name, string Value)> Headers)
{
    public const string JsonType = "application/json";
    public const string EventsType = "text/event-stream; charset=utf-8";

    /// <summary>The body; nothing when it comes as <see cref="Pieces"/>.</summary>
    public ReadOnlyMemory<byte> Whole { get; private init; }

    /// <summary>The body in pieces, each valid until the next is asked for; null when it comes whole. An end before the body's is an <see cref="IOException"/>.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Pieces { get; private init; }

    public static WireAnswer Of(int status, string body, string contentType, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(status, contentType, headers) { Whole = Encoding.UTF8.GetBytes(body) };

    public static WireAnswer Json(int status, string body) => Of(status, body, JsonType);

    public static WireAnswer Events(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) => new(200, EventsType, []) { Pieces = pieces };

    /// <summary>The same answer with a body that never arrives in more than so many bytes at once.</summary>
    public WireAnswer InReadsOf(int bytes) =>
        this with { Whole = default, Pieces = Rechunking.Split(Pieces ?? Rechunking.One(Whole), bytes) };
}
