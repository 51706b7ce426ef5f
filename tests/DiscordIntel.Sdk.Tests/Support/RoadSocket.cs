using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DiscordIntel.Tests.Support;

/// <summary>A server on a real socket that speaks just enough HTTP to stream, for what only a real connection shows.</summary>
internal sealed class RoadSocket : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly Func<Func<string, Task>, Task> _answer;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="answer">Sends one answer: each text it gives is one piece on the wire.</param>
    public RoadSocket(Func<Func<string, Task>, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string BaseUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public int Connections { get; private set; }

    /// <summary>Ends when a client has closed its connection.</summary>
    public Task Closed => _closed.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream wire = client.GetStream();
                while (await ReadRequestAsync(wire))
                {
                    await WriteAsync(wire, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
                    await _answer(piece => WriteAsync(wire, string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(piece):x}\r\n{piece}\r\n")));
                    await WriteAsync(wire, "0\r\n\r\n");
                }
            }
            catch (Exception end) when (end is IOException or OperationCanceledException)
            {
                // Closed from the other side, or stopped.
            }

            _closed.TrySetResult();
        }
    }

    private async Task WriteAsync(NetworkStream wire, string text) => await wire.WriteAsync(Encoding.UTF8.GetBytes(text), _stop.Token);

    private async Task<bool> ReadRequestAsync(NetworkStream wire)
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            int read = await wire.ReadAsync(buffer.AsMemory(length), _stop.Token);
            if (read == 0)
            {
                return false;
            }

            length += read;
            string text = Encoding.Latin1.GetString(buffer, 0, length);
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0)
            {
                string size = text[..head].Split("\r\n").First(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
                if (length >= head + 4 + int.Parse(size, CultureInfo.InvariantCulture))
                {
                    return true;
                }
            }
        }
    }
}
