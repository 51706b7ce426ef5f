namespace DiscordIntel.Structured.Schemas;

/// <summary>The limits a schema sets on one value; null means not limited.</summary>
internal sealed class SchemaLimits
{
    public SchemaNumber? Minimum { get; set; }

    public SchemaNumber? Maximum { get; set; }

    public SchemaNumber? ExclusiveMinimum { get; set; }

    public SchemaNumber? ExclusiveMaximum { get; set; }

    public SchemaNumber? MultipleOf { get; set; }

    /// <summary>In Unicode code points.</summary>
    public int? MinLength { get; set; }

    /// <summary>In Unicode code points.</summary>
    public int? MaxLength { get; set; }

    public SchemaPattern? Pattern { get; set; }

    /// <summary>An annotation, as draft 2020-12 has it: told to the model, not checked here.</summary>
    public string? Format { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }
}
