namespace DiscordIntel.Discord.Markup;

/// <summary>Characters that are appended at the end and taken from the front.</summary>
internal sealed class CharBuffer
{
    private char[] _chars = [];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    public void Append(char value) => Append([value]);

    public void Append(ReadOnlySpan<char> values)
    {
        if (Length + values.Length > _chars.Length)
        {
            Array.Resize(ref _chars, Math.Max(Length + values.Length, Math.Max(64, _chars.Length * 2)));
        }

        values.CopyTo(_chars.AsSpan(Length));
        Length += values.Length;
    }

    public void RemoveFirst(int count)
    {
        Span[count..].CopyTo(_chars);
        Length -= count;
    }

    public override string ToString() => Span.ToString();
}
