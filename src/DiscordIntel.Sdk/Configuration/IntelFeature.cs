namespace DiscordIntel.Configuration;

/// <summary>The feature that a call belongs to, for its flag.</summary>
internal enum IntelFeature
{
    /// <summary>Always on.</summary>
    Text,

    /// <summary><see cref="FeatureOptions.StructuredOutputs"/>.</summary>
    StructuredOutputs,

    /// <summary><see cref="FeatureOptions.FunctionCalling"/>.</summary>
    FunctionCalling,
}
