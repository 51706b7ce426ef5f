using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>A real <see cref="HttpClient"/> over an emulator of either form, which reads answers as they come.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private readonly EmulatorServer? _server;
    private readonly Answered _answered;

    private StreamClient(OpenAIEmulator emulator, EmulatorServer? server, Answered answered)
    {
        (Emulator, _server, _answered) = (emulator, server, answered);
        Http = server is null ? new HttpClient(emulator.CreateHandler()) : new HttpClient();
        Http.BaseAddress = new Uri(server is null ? "https://api.openai.com/v1/" : server.BaseUrl + "/");
        Http.Timeout = Timeout.InfiniteTimeSpan;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test-key");
    }

    public OpenAIEmulator Emulator { get; }

    public HttpClient Http { get; }

    public static Task<StreamClient> OpenAsync(Form form, params EmulatorReply[] replies) => OpenAsync(form, new OpenAIEmulator().Enqueue(replies));

    public static async Task<StreamClient> OpenAsync(Form form, OpenAIEmulator emulator)
    {
        var answered = new Answered();
        return new StreamClient(emulator, form is Form.Loopback ? await emulator.ListenAsync(answered: answered) : null, answered);
    }

    public static string Chat(string content = "The bridge opens at nine tomorrow.", bool usage = true, string? more = null) => EmulatorClient.Chat(
        content, $"\"stream\":true{(usage ? ",\"stream_options\":{\"include_usage\":true}" : "")}{(more is null ? "" : "," + more)}");

    /// <summary>The data of the events that a body brings, until it ends or breaks.</summary>
    public static async IAsyncEnumerable<string> EventsAsync(HttpResponseMessage response)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync())
        {
            yield return item.Data;
        }
    }

    public Task<HttpResponseMessage> SendAsync(string body, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The body as it stands on the wire.</summary>
    public async Task<string> ReadAsync(string body)
    {
        using HttpResponseMessage response = await SendAsync(body);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The data of the events; the second is the fault that ended them.</summary>
    public async Task<(List<string> Events, Exception? Fault)> EventsAsync(string body)
    {
        using HttpResponseMessage response = await SendAsync(body);
        var events = new List<string>();
        try
        {
            await foreach (string data in EventsAsync(response))
            {
                events.Add(data);
            }
        }
        catch (IOException broken)
        {
            return (events, broken);
        }

        return (events, null);
    }

    /// <summary>The chunks of a stream that ends well.</summary>
    public async Task<List<JsonElement>> ChunksAsync(string body)
    {
        (List<string> events, Exception? fault) = await EventsAsync(body);
        Assert.That(fault, Is.Null);
        Assert.That(events[^1], Is.EqualTo("[DONE]"));
        return [.. events.SkipLast(1).Select(EmulatorClient.Parse)];
    }

    /// <summary>Waits until the server has done with this many requests. In process there is nothing to wait for.</summary>
    public Task AnsweredAsync(int requests = 1) => _server is null ? Task.CompletedTask : _answered.WaitAsync(requests);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
