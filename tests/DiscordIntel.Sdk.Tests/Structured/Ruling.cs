using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DiscordIntel.Tests.Structured;

/// <summary>What the tests ask for: limits, an optional member, one with a default, an enum.</summary>
internal sealed record Ruling
{
    [Description("Who argued better.")]
    [StringLength(40, MinimumLength = 1)]
    public required string Winner { get; init; }

    [Range(0, 10)]
    public required int Score { get; init; }

    public required Margin Margin { get; init; }

    public string? Note { get; init; }

    public int Weight { get; init; } = 7;

    public const string Lawful = """{"winner":"Mara","score":8,"margin":"Clear","note":null,"weight":null}""";
}

internal enum Margin
{
    Narrow,
    Clear,
}

internal sealed record Appointment
{
    public required string Title { get; init; }

    public required DateTime When { get; init; }
}

internal sealed class Picky
{
    public Picky(string name) => Name = name == "nobody" ? throw new ArgumentException("Somebody is needed.", nameof(name)) : name;

    public string Name { get; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Ruling))]
internal sealed partial class RulingJson : JsonSerializerContext;
