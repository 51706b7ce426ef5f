using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Types as the client reads them when it is given no JsonTypeInfo.</summary>
internal static class ClientTypes
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static StructuredSchema Compile(Type type, JsonSerializerOptions? options = null)
    {
        StructuredSchema.TryCompile((options ?? Options).GetTypeInfo(type), out StructuredSchema? schema, out IReadOnlyList<string> faults);
        Assert.That(faults, Is.Empty);
        Assert.That(StrictFormChecker.Check(schema!.Strict), Is.Empty, schema.Strict.GetRawText());
        return schema;
    }

    public static IReadOnlyList<string> FaultsOf(Type type, JsonSerializerOptions? options = null)
    {
        Assert.That(StructuredSchema.TryCompile((options ?? Options).GetTypeInfo(type), out StructuredSchema? schema, out IReadOnlyList<string> faults), Is.False, schema?.Strict.GetRawText());
        return faults;
    }
}

internal sealed record Holder<T>(T V);
