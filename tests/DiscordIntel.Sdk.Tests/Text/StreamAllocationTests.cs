using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Text;

/// <summary>What one more piece costs in memory, with everything switched on.</summary>
[NonParallelizable]
internal sealed class StreamAllocationTests
{
    // Of " buses": the string 40, the result 56, its place in the text so far 24, and what the buffers behind it grow by.
#if DEBUG
    // The compiler makes classes of its state machines.
    private const int Most = 480;
#else
    private const int Most = 140;
#endif

    [Test]
    public async Task StreamAsync_OneMorePiece_AllocatesItsTextAndItsResult()
    {
        var server = new Server();
        await using ServiceProvider services = Services(server);
        TextClient text = services.GetRequiredService<TextClient>();
        long fewer = 0, more = 0;
        for (int i = 0; i < 200; i++)
        {
            // The last round counts: everything is compiled, every pool is filled.
            (fewer, more) = (await BytesAsync(500), await BytesAsync(1500));
        }

        double each = (more - fewer) / 1000d;
        TestContext.Out.WriteLine($"{each} B a piece, {fewer} B for 500");
        Assert.That(each, Is.InRange(96, Most));

        async Task<long> BytesAsync(int pieces)
        {
            server.Answer(pieces);
            int seen = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            await foreach (StepResult<StreamChunk> chunk in text.StreamAsync("Hi", RoadHost.Scope))
            {
                seen += chunk.IsSuccess ? 1 : 0;
            }

            // The canned server answers at once: all of it happens on this thread.
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(seen, Is.EqualTo(pieces + 1));
            return bytes;
        }
    }

    private static ServiceProvider Services(Server server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = RoadHost.ApiKey;
            options.OpenAI.PrimaryHandler = () => server;
            options.Limits.RequestsPerMinute = 1_000_000;
            options.Budget.MonthlyLimitUsd = 1_000_000;
        });
        return services.BuildServiceProvider();
    }

    private sealed class Server : HttpMessageHandler
    {
        private readonly Dictionary<int, byte[]> _bodies = [];
        private byte[] _body = [];

        public void Answer(int pieces)
        {
            if (!_bodies.TryGetValue(pieces, out byte[]? body))
            {
                _bodies[pieces] = body = Encoding.UTF8.GetBytes(Whole([.. Enumerable.Repeat(" buses", pieces)]));
            }

            _body = body;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(RoadAnswer.Of(200, _body, ("content-type", "text/event-stream")));
    }
}
