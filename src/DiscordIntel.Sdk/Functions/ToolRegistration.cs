using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>A tool as the host registered it. The function is made when the container is there: then it is known which parameters are services.</summary>
internal sealed record ToolRegistration(Func<IServiceProvider, AIFunction> Create, ToolOptions Options);
