namespace DiscordIntel.Configuration;

/// <summary>Which features are on. A call to one that is off is a <see cref="Results.StepErrorKind.FeatureDisabled"/> and reaches no provider.</summary>
public sealed class FeatureOptions
{
    /// <summary>Schema-checked answers, and with them the content analysis (<c>ENABLE_OPENAI_STRUCTURED_OUTPUTS</c>).</summary>
    /// <value>Default: true.</value>
    public bool StructuredOutputs { get; set; } = true;

    /// <summary>Answers that are handed on as they come (<c>ENABLE_OPENAI_STREAMING</c>).</summary>
    /// <value>Default: true.</value>
    public bool Streaming { get; set; } = true;

    /// <summary>Tools that the model may call (<c>ENABLE_OPENAI_FUNCTION_CALLING</c>).</summary>
    /// <value>Default: true.</value>
    public bool FunctionCalling { get; set; } = true;
}
