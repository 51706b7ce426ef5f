using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>
/// Hashes parts so that no choice of parts gives the bytes of another choice: numbers have a fixed width, texts and bytes follow their length. What fits the
/// buffer is hashed in one go; more goes through it piece by piece.
/// </summary>
/// <param name="buffer">At least 16 bytes.</param>
internal ref struct KeyHasher(Span<byte> buffer) : IDisposable
{
    private readonly Span<byte> _buffer = buffer;
    private IncrementalHash? _long;
    private int _used;

    public void Number(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);

    public void Number(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    /// <summary>A number that may be absent, which is not 0.</summary>
    public void Number(int? value)
    {
        Flag(value is not null);
        Number(value ?? 0);
    }

    public void Flag(bool value) => Room(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>A text that may be absent, which is not the empty one.</summary>
    public void Text(string? text)
    {
        Flag(text is not null);
        Text(text.AsSpan());
    }

    /// <summary>
    /// As UTF-8, half of the bytes of most texts. A surrogate without its pair gets the three bytes that UTF-8 leaves unused for it: an encoder would fold all
    /// of them into one replacement character.
    /// </summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Number(text.Length);
        while (!text.IsEmpty)
        {
            OperationStatus status = Utf8.FromUtf16(text, _buffer[_used..], out int read, out int written, replaceInvalidSequences: false);
            _used += written;
            text = text[read..];
            if (status is OperationStatus.DestinationTooSmall)
            {
                Flush();
            }
            else if (status is OperationStatus.InvalidData)
            {
                Span<byte> room = Room(3);
                (room[0], room[1], room[2]) = ((byte)(0xE0 | (text[0] >> 12)), (byte)(0x80 | ((text[0] >> 6) & 0x3F)), (byte)(0x80 | (text[0] & 0x3F)));
                text = text[1..];
            }
        }
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        if (bytes.Length > _buffer.Length - _used)
        {
            Flush();
        }

        if (bytes.Length > _buffer.Length)
        {
            _long!.AppendData(bytes);
        }
        else
        {
            bytes.CopyTo(Room(bytes.Length));
        }
    }

    public CacheKey Finish()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (_long is null)
        {
            SHA256.HashData(_buffer[.._used], hash);
        }
        else
        {
            Flush();
            _long.GetHashAndReset(hash);
        }

        return CacheKey.Of(hash);
    }

    public readonly void Dispose() => _long?.Dispose();

    private Span<byte> Room(int bytes)
    {
        if (bytes > _buffer.Length - _used)
        {
            Flush();
        }

        Span<byte> room = _buffer.Slice(_used, bytes);
        _used += bytes;
        return room;
    }

    private void Flush()
    {
        _long ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _long.AppendData(_buffer[.._used]);
        _used = 0;
    }
}
