using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DiscordIntel.Models;

/// <summary>
/// What is known of the models: what each one takes, what it costs and when it ends. The data ships with the library
/// (<see cref="AsOf"/>) and is corrected or extended by <c>DiscordIntel:Models:Catalog</c>.
/// </summary>
public sealed class ModelCatalog
{
    private static readonly Lazy<ModelCatalog> Shipped = new(ModelCatalogReader.ReadShipped);
    private readonly Dictionary<string, ModelInfo> _models;
    private readonly Dictionary<string, ModelInfo>.AlternateLookup<ReadOnlySpan<char>> _byPart;

    internal ModelCatalog(DateOnly asOf, IEnumerable<ModelInfo> models)
    {
        AsOf = asOf;
        _models = models.ToDictionary(model => model.Id, StringComparer.OrdinalIgnoreCase);
        _byPart = _models.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The catalogue that ships with this version of the library, without anything from the configuration.</summary>
    public static ModelCatalog Default => Shipped.Value;

    /// <summary>The day on which the shipped data was gathered.</summary>
    public DateOnly AsOf { get; }

    /// <summary>All models, in no particular order.</summary>
    public IReadOnlyCollection<ModelInfo> Models => _models.Values;

    /// <summary>Finds a model by its id, or by the id of one of its dated snapshots (<c>name-2026-10-01</c>).</summary>
    public bool TryFind(string? id, [NotNullWhen(true)] out ModelInfo? model)
    {
        model = null;
        return id is not null && (_models.TryGetValue(id, out model) || _byPart.TryGetValue(WithoutDate(id), out model));
    }

    /// <summary>This catalogue with the configured corrections on top.</summary>
    internal ModelCatalog With(IList<ModelOverride> overrides)
    {
        if (overrides.Count == 0)
        {
            return this;
        }

        var merged = new Dictionary<string, ModelInfo>(_models, StringComparer.OrdinalIgnoreCase);
        foreach (ModelOverride change in overrides)
        {
            // A snapshot that has no entry of its own is known by its model's.
            TryFind(change.Id, out ModelInfo? known);
            merged[change.Id] = change.ApplyTo(known);
        }

        return new ModelCatalog(AsOf, merged.Values);
    }

    // "name-2026-10-01" without its date; the id itself where it has none.
    private static ReadOnlySpan<char> WithoutDate(ReadOnlySpan<char> id)
    {
        const int length = 11;
        return id.Length > length && id[^length] == '-' && DateOnly.TryParseExact(id[^(length - 1)..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? id[..^length]
            : id;
    }
}
