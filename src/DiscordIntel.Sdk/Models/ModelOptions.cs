namespace DiscordIntel.Models;

/// <summary>Which model serves which role, and corrections to the catalogue.</summary>
public sealed class ModelOptions
{
    internal const string DefaultText = "gpt-6-luna";

    /// <summary>The model for text, structured outputs and analysis: an id of the catalogue, or any that the configured server knows.</summary>
    /// <value>Default: <c>gpt-6-luna</c>.</value>
    public string Text { get; set; } = DefaultText;

    /// <summary>Models that the shipped catalogue does not know, or knows wrongly: <c>DiscordIntel:Models:Catalog:0:Id</c> and so on.</summary>
    public IList<ModelOverride> Catalog { get; } = [];

    /// <summary>Where the configuration has the entry of a model, or where it would stand.</summary>
    internal string EntryPath(string model)
    {
        int place = 0;
        while (place < Catalog.Count && !string.Equals(Catalog[place].Id, model, StringComparison.OrdinalIgnoreCase))
        {
            place++;
        }

        return $"{DiscordIntelOptions.SectionName}:Models:Catalog:{place}";
    }

    internal IEnumerable<string> Faults(string path)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            yield return $"{path}:Text is empty. Name a model, such as {DefaultText}, or remove the setting.";
        }

        for (int i = 0; i < Catalog.Count; i++)
        {
            foreach (string fault in Catalog[i].Faults($"{path}:Catalog:{i}"))
            {
                yield return fault;
            }
        }

        foreach (IGrouping<string, ModelOverride> twice in Catalog.GroupBy(entry => entry.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"{path}:Catalog names '{twice.Key}' {twice.Count()} times. Keep one entry a model.";
        }
    }
}
