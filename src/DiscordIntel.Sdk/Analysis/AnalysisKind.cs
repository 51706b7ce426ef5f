namespace DiscordIntel.Analysis;

/// <summary>What a text is read for.</summary>
public enum AnalysisKind
{
    /// <summary>Arguments: how well they are made, what they rest on, where they are loaded.</summary>
    Debate,

    /// <summary>Claims of fact: what is said to be so, and how checkable it is.</summary>
    FactCheck,

    /// <summary>Mood: how people feel and what shows it.</summary>
    Sentiment,
}
