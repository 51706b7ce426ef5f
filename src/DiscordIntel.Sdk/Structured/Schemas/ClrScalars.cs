using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Tells whether the serializer reads a value of the right JSON type as a .NET type. Told here, it costs no failed reading.</summary>
internal static class ClrScalars
{
    /// <summary>What a model may write for an integer: <c>1.0</c> and <c>1e0</c> are integers too, and are handed on as <c>1</c>.</summary>
    public const NumberStyles IntegerStyles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Dictionary<Type, ClrScalar> Kinds = new()
    {
        [typeof(sbyte)] = ClrScalar.SByte,
        [typeof(byte)] = ClrScalar.Byte,
        [typeof(short)] = ClrScalar.Int16,
        [typeof(ushort)] = ClrScalar.UInt16,
        [typeof(int)] = ClrScalar.Int32,
        [typeof(uint)] = ClrScalar.UInt32,
        [typeof(long)] = ClrScalar.Int64,
        [typeof(ulong)] = ClrScalar.UInt64,
        [typeof(Int128)] = ClrScalar.Int128,
        [typeof(UInt128)] = ClrScalar.UInt128,
        [typeof(Half)] = ClrScalar.Half,
        [typeof(float)] = ClrScalar.Single,
        [typeof(double)] = ClrScalar.Double,
        [typeof(decimal)] = ClrScalar.Decimal,
        [typeof(DateTime)] = ClrScalar.DateTime,
        [typeof(DateTimeOffset)] = ClrScalar.DateTimeOffset,
        [typeof(DateOnly)] = ClrScalar.DateOnly,
        [typeof(Guid)] = ClrScalar.Guid,
        [typeof(Uri)] = ClrScalar.Uri,
    };

    public static ClrScalar Of(Type type) => Kinds.GetValueOrDefault(type);

    /// <summary>What the value would have to be, or null when the serializer reads it.</summary>
    public static string? Missing(ClrScalar scalar, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => MissingNumber(scalar, value),
        JsonValueKind.String => MissingText(scalar, value),
        _ => null,
    };

    private static string? MissingNumber(ClrScalar scalar, JsonElement value) => scalar switch
    {
        ClrScalar.SByte => Integer<sbyte>(value),
        ClrScalar.Byte => Integer<byte>(value),
        ClrScalar.Int16 => Integer<short>(value),
        ClrScalar.UInt16 => Integer<ushort>(value),
        ClrScalar.Int32 => Integer<int>(value),
        ClrScalar.UInt32 => Integer<uint>(value),
        ClrScalar.Int64 => Integer<long>(value),
        ClrScalar.UInt64 => Integer<ulong>(value),
        ClrScalar.Int128 => Integer<Int128>(value),
        ClrScalar.UInt128 => Integer<UInt128>(value),
        ClrScalar.Half => Fraction<Half>(value),
        ClrScalar.Single => Fraction<float>(value),
        ClrScalar.Double => Fraction<double>(value),
        ClrScalar.Decimal => value.TryGetDecimal(out _) ? null : "a number of less than 7.9E+28 on either side of 0",
        _ => null,
    };

    private static string? MissingText(ClrScalar scalar, JsonElement value) => scalar switch
    {
        ClrScalar.DateTime => value.TryGetDateTime(out _) ? null : "a date and time such as 2026-11-20T12:00:00Z",
        ClrScalar.DateTimeOffset => value.TryGetDateTimeOffset(out _) ? null : "a date and time such as 2026-11-20T12:00:00Z",
        ClrScalar.DateOnly => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : "a date such as 2026-11-20",
        ClrScalar.Guid => value.TryGetGuid(out _) ? null : "a UUID of 32 hexadecimal digits and 4 hyphens",
        ClrScalar.Uri => IsAbsoluteUri(value.GetString()!) ? null : "an absolute URI such as https://example.com/",
        _ => null,
    };

    private static string? Integer<T>(JsonElement value)
        where T : INumber<T>, IMinMaxValue<T> =>
        T.TryParse(JsonMarshal.GetRawUtf8Value(value), IntegerStyles, CultureInfo.InvariantCulture, out _)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"an integer from {T.MinValue} to {T.MaxValue}");

    // The serializer takes 1e400 for an infinity, which nobody wrote.
    private static string? Fraction<T>(JsonElement value)
        where T : INumber<T>, IMinMaxValue<T> =>
        T.TryParse(JsonMarshal.GetRawUtf8Value(value), NumberStyles.Float, CultureInfo.InvariantCulture, out T? number) && T.IsFinite(number)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"a number from {T.MinValue} to {T.MaxValue}");

    // On Unix "/a" counts as an absolute path of a file.
    private static bool IsAbsoluteUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && text.StartsWith($"{uri.Scheme}:", StringComparison.OrdinalIgnoreCase);
}
