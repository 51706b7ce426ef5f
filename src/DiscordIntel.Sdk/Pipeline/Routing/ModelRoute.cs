using System.Security.Cryptography;
using System.Text;
using DiscordIntel.Models;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;
using Polly;

namespace DiscordIntel.Pipeline.Routing;

/// <summary>What the options in force make of the road to a provider; made anew when they change.</summary>
internal sealed record ModelRoute(
    DiscordIntelOptions Options, string Provider, IChatClient Client, ModelCatalog Catalog, ResiliencePipeline<Attempt> Resilience)
{
    /// <summary>Who answers: the provider's name and its address. Another server under the same name knows other models under the same ids.</summary>
    public string Server { get; } = $"{Provider} {Options.OpenAI.Endpoint}";

    /// <summary>Whom the server counts: itself and the key, of which only the hash is kept.</summary>
    public string Account { get; } =
        $"{Provider} {Options.OpenAI.Endpoint} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Options.OpenAI.ApiKey ?? "")))}";
}
