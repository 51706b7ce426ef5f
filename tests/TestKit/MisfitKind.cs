namespace DiscordIntel.TestKit;

/// <summary>The sort of rule that was broken, as far as the choice among the branches of a union needs it.</summary>
internal enum MisfitKind
{
    /// <summary>Any other rule.</summary>
    Other,

    /// <summary>The value's JSON type.</summary>
    Type,

    /// <summary>A value outside an <c>enum</c> or <c>const</c>.</summary>
    Value,
}
