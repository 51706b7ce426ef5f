using DiscordIntel.Text;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>ask</c>: a question in, the answer as it comes.</summary>
internal sealed class AskCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private readonly IntelScope _scope = new("console", "local", "user");

    public async Task<int> RunAsync(AskArguments arguments, CancellationToken cancellationToken)
    {
        await using var backend = Backend.Open(environment, static _ => { });
        var request = new TextRequest
        {
            Messages = [new ChatMessage(ChatRole.User, arguments.Question)],
            Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout },
        };
        return await new LiveAnswer(backend, output, error).PrintAsync(
            backend.Client.Text.StreamAsync(request, _scope, CancellationToken.None), arguments.Model, _scope, cancellationToken);
    }
}
