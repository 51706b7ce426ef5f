namespace DiscordIntel.Analysis;

/// <summary>What a model believes of a claim without having looked anything up.</summary>
public enum ModelBelief
{
    /// <summary>It has no view.</summary>
    Unsure,

    /// <summary>It takes the claim to be true.</summary>
    LikelyTrue,

    /// <summary>It takes the claim to be false.</summary>
    LikelyFalse,
}
