using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>An image of a message as both APIs take it: an address (of the web, or with the bytes in it) and the level of detail.</summary>
internal static class ImageText
{
    /// <summary>In a content's <see cref="AIContent.AdditionalProperties"/>: <c>low</c>, <c>high</c> or <c>auto</c>.</summary>
    public const string Detail = "detail";

    /// <summary>Sent where nothing else is asked for. Left out, the newest models take the picture as it is, which can be five times as dear.</summary>
    public const string DefaultDetail = "high";

    /// <summary>The address of an image; null for any other content.</summary>
    public static string? AddressOf(AIContent? content) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
        UriContent uri when uri.HasTopLevelMediaType("image") => uri.Uri.AbsoluteUri,
        _ => null,
    };

    public static string DetailOf(AIContent image) =>
        image.AdditionalProperties?.TryGetValue(Detail, out object? detail) is true && detail is string asked ? asked : DefaultDetail;
}
