namespace DiscordIntel.Testing.Http;

/// <summary>The emulator as the last handler of an <see cref="HttpClient"/>.</summary>
internal sealed class EmulatorHandler(OpenAIEmulator emulator) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        emulator.AnswerAsync(request, cancellationToken);
}
