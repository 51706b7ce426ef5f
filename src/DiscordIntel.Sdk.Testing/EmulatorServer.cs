using System.Net;
using DiscordIntel.Testing.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DiscordIntel.Testing;

/// <summary>
/// An emulator on a loopback port (HTTP/1.1, no TLS), started by <see cref="OpenAIEmulator.ListenAsync"/>. It reads no configuration, environment
/// or signal and logs nothing.
/// </summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();
    private int _isDisposed;

    private EmulatorServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };

        // A test that looks at its watch is no attack, and a body in process has no limit either.
        options.Limits.MinResponseDataRate = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MaxRequestBodySize = null;
        options.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);

        // A flush ends when the socket has the bytes: a reset right behind it loses none of them, and nothing is produced far ahead of the reader.
        var sockets = new SocketTransportOptions { MaxWriteBufferSize = 1 };
        var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary>The address for a client, such as <c>http://127.0.0.1:4010/v1</c>: the value of <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>
    /// Stops listening and lets the answers under way end, for at most five seconds; then, and silences at once, they are broken off.
    /// The emulator and its counts remain.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        using var grace = new CancellationTokenSource(Grace, TimeProvider.System);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(grace.Token).ConfigureAwait(false);
        _server.Dispose();
        _stopping.Dispose();
    }

    internal static async Task<EmulatorServer> StartAsync(
        OpenAIEmulator emulator, int port, IProgress<EmulatorRequest>? answered, CancellationToken cancellationToken)
    {
        var server = new EmulatorServer(port);
        bool isRunning = false;
        try
        {
            await server._server.StartAsync(new LoopbackApplication(emulator, answered, server._stopping.Token), cancellationToken).ConfigureAwait(false);
            string address = server._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            server.BaseUrl = new Uri(address + "/v1");
            isRunning = true;
            return server;
        }
        finally
        {
            if (!isRunning)
            {
                await server.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
