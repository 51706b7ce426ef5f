using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>A JSON number: exact as a decimal where it fits, so that 0.07 is a multiple of 0.01, else a double.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SchemaNumber
{
    private readonly decimal? _exact;
    private readonly double _approximate;

    private SchemaNumber(decimal? exact, double approximate)
    {
        _exact = exact;
        _approximate = approximate;
    }

    public static SchemaNumber From(JsonElement number)
    {
        double approximate = number.TryGetDouble(out double d) ? d : double.NaN;
        // Decimal rounds tiny values to zero: those stay doubles.
        bool fits = number.TryGetDecimal(out decimal exact) && (exact != 0 || approximate == 0);
        return new SchemaNumber(fits ? exact : null, approximate);
    }

    /// <summary>The number itself; null where a decimal does not hold it.</summary>
    public decimal? Exact => _exact;

    public bool IsInteger => _exact is { } exact ? decimal.IsInteger(exact) : double.IsInteger(_approximate);

    public bool IsPositive => _approximate > 0;

    public int Compare(SchemaNumber other) =>
        _exact is { } mine && other._exact is { } theirs ? mine.CompareTo(theirs) : _approximate.CompareTo(other._approximate);

    public bool IsMultipleOf(SchemaNumber factor)
    {
        if (_exact is { } mine && factor._exact is { } theirs)
        {
            return decimal.Remainder(mine, theirs) == 0;
        }

        double quotient = _approximate / factor._approximate;
        return double.IsInteger(quotient);
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_exact is { } exact)
        {
            writer.WriteNumberValue(exact);
        }
        else
        {
            writer.WriteNumberValue(_approximate);
        }
    }

    public override string ToString() =>
        _exact is { } exact ? exact.ToString(CultureInfo.InvariantCulture) : _approximate.ToString("R", CultureInfo.InvariantCulture);
}
