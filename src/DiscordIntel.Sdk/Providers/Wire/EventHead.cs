using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// What the events of a stream begin with, up to their choices: mostly the same words in all of them (id, model and the like). Once read they are only compared,
/// and reading goes on behind them.
/// </summary>
internal sealed class EventHead
{
    private readonly byte[] _words = new byte[512];
    private int _length;
    private JsonReaderState _state;

    /// <summary>Bytes of the event at hand that the reader given has left out.</summary>
    public int Passed { get; private set; }

    /// <summary>Gives a reader behind the words kept, at the member's name that ends them; false, and a reader at the beginning, for an event that has others.</summary>
    public bool TryPass(ReadOnlySpan<byte> data, out Utf8JsonReader json)
    {
        bool isSame = _length > 0 && data.StartsWith(_words.AsSpan(0, _length));
        Passed = isSame ? _length : 0;
        json = isSame ? new Utf8JsonReader(data[_length..], isFinalBlock: true, _state) : new Utf8JsonReader(data);
        return isSame;
    }

    /// <summary>Keeps what has been read, if it is short. Nothing in it may say more than it has said once.</summary>
    public void Keep(ReadOnlySpan<byte> data, in Utf8JsonReader json)
    {
        if (json.BytesConsumed <= _words.Length)
        {
            _length = (int)json.BytesConsumed;
            data[.._length].CopyTo(_words);
            _state = json.CurrentState;
        }
    }
}
