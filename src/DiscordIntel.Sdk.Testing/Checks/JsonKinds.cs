namespace DiscordIntel.Testing.Checks;

/// <summary>The JSON types a member may have. A decimal member takes an integer too.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Text = 1,
    Integer = 2,
    Decimal = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
    Null = 64,
}
