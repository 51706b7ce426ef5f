using DiscordIntel.Models;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;
using Polly;

namespace DiscordIntel.Pipeline.Routing;

/// <summary>What the options in force make of the road to a provider; made anew when they change.</summary>
internal sealed record ModelRoute(
    DiscordIntelOptions Options, string Provider, IChatClient Client, ModelCatalog Catalog, ResiliencePipeline<Attempt> Resilience);
