using System.Net;
using System.Text;
using System.Text.Json;
using DiscordIntel.Testing;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>The way to the emulator. It knows which part a request is about, may answer it instead, and keeps what went either way.</summary>
internal sealed class PartRoad(OpenAIEmulator emulator)
{
    private readonly Lock _lock = new();
    private readonly List<PartCall> _calls = [];
    private readonly List<JsonElement> _answers = [];
    private int _inFlight;

    /// <summary>An answer in the emulator's place; null leaves it to the emulator.</summary>
    public Func<PartCall, CancellationToken, Task<HttpResponseMessage?>> Answer { get; set; } = static (_, _) => Task.FromResult<HttpResponseMessage?>(null);

    /// <summary>In the order in which they were sent.</summary>
    public IReadOnlyList<PartCall> Calls => Locked(() => _calls.ToArray());

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<JsonElement> Answers => Locked(() => _answers.ToArray());

    /// <summary>The most requests that were under way at the same time.</summary>
    public int Peak { get; private set; }

    public HttpMessageHandler CreateHandler() => new Handler(this, emulator.CreateHandler());

    /// <summary>OpenAI's answer to a request that it does not take.</summary>
    public static HttpResponseMessage Refusal(int status = 400) => new((HttpStatusCode)status)
    {
        Content = new StringContent("""{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":null}}""", Encoding.UTF8, "application/json"),
    };

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private sealed class Handler(PartRoad road, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = PartCall.Read(await request.Content!.ReadAsStringAsync(cancellationToken));
            road.Locked(() =>
            {
                road._calls.Add(call);
                return road.Peak = Math.Max(road.Peak, ++road._inFlight);
            });
            try
            {
                HttpResponseMessage answer = await road.Answer(call, cancellationToken) ?? await base.SendAsync(request, cancellationToken);
                var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
                road.Locked(() =>
                {
                    road._answers.Add(body);
                    return 0;
                });
                return answer;
            }
            finally
            {
                road.Locked(() => --road._inFlight);
            }
        }
    }
}
