using System.Text;

namespace DiscordIntel.Structured.Schemas;

/// <summary>A member that an object schema names, as a property or only in <c>required</c>.</summary>
internal sealed class SchemaProperty(string name, SchemaNode? schema, bool required)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Null when only <c>required</c> names it.</summary>
    public SchemaNode? Schema { get; } = schema;

    public bool Required { get; } = required;

    /// <summary>The strict form made it nullable only because it is optional: a null stands for an absent member.</summary>
    public bool NullMeansAbsent { get; set; }
}
