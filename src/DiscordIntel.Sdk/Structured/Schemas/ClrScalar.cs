namespace DiscordIntel.Structured.Schemas;

/// <summary>The .NET types of single values that the keywords of a schema describe only roughly: the local check asks the rest.</summary>
internal enum ClrScalar
{
    None,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    Half,
    Single,
    Double,
    Decimal,
    DateTime,
    DateTimeOffset,
    DateOnly,
    Guid,
    Uri,
}
