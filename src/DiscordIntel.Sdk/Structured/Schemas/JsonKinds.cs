namespace DiscordIntel.Structured.Schemas;

/// <summary>The JSON types a schema may name, as a set. The order is the order they are written in.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    String = 1,
    Number = 2,
    Integer = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
    Null = 64,
}
