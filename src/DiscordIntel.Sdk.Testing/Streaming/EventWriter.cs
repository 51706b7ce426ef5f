using System.Buffers;
using System.Text;
using System.Text.Json;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>Puts data into server-sent events. What it gives is valid until the next is written.</summary>
internal sealed class EventWriter(StreamScript script) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly ArrayBufferWriter<byte> _data = new(512);
    private readonly byte[] _lineEnd = Encoding.UTF8.GetBytes(script.LineEnd);
    private Utf8JsonWriter? _json;

    public ReadOnlyMemory<byte> Comment(string text) => Event(Encoding.UTF8.GetBytes(": " + text), isLast: false);

    public ReadOnlyMemory<byte> Data(string data, bool isLast) => Event(Encoding.UTF8.GetBytes("data: " + data), isLast);

    /// <summary>An event of JSON.</summary>
    /// <param name="write">Writes the JSON.</param>
    /// <param name="state">What it writes.</param>
    /// <param name="isLast">Whether no event follows.</param>
    /// <param name="name">The event's name; null for none.</param>
    /// <param name="isCut">True leaves only the first half of the JSON.</param>
    public ReadOnlyMemory<byte> Json<T>(Action<Utf8JsonWriter, T> write, T state, bool isLast, string? name = null, bool isCut = false)
    {
        _data.ResetWrittenCount();
        if (name is not null)
        {
            _data.Write(Encoding.UTF8.GetBytes("event: " + name));
            _data.Write(_lineEnd);
        }

        _data.Write("data: "u8);
        int start = _data.WrittenCount;
        _json ??= new Utf8JsonWriter(_data, JsonText.Options);
        _json.Reset(_data);
        write(_json, state);
        _json.Flush();
        return Event(isCut ? _data.WrittenSpan[..(start + ((_data.WrittenCount - start) / 2))] : _data.WrittenSpan, isLast);
    }

    public void Dispose() => _json?.Dispose();

    private ReadOnlyMemory<byte> Event(ReadOnlySpan<byte> line, bool isLast)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(line);
        _buffer.Write(_lineEnd);
        if (!isLast || script.HasLastBlankLine)
        {
            _buffer.Write(_lineEnd);
        }

        return _buffer.WrittenMemory;
    }
}
