using System.Diagnostics;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Providers;

/// <summary>Streams over real connections: kept when all was said, closed when the reader has left.</summary>
internal sealed class StreamConnectionTests
{
    [Test]
    public async Task StreamAsync_ReadToTheEnd_KeepsTheConnectionForTheNext()
    {
        // The end of the body comes a little later than the mark in it, as from real servers.
        await using var server = new RoadSocket(static async send =>
        {
            await send(Whole("Par", "is"));
            await Task.Delay(20);
        });
        await using ServiceProvider services = Services(server);

        for (int i = 0; i < 5; i++)
        {
            List<StepResult<StreamChunk>> chunks = await services.GetRequiredService<TextClient>().StreamAsync("Hi", RoadHost.Scope).ToListAsync();
            Assert.That(chunks[^1].Error, Is.Null);
            await Task.Delay(100);
        }

        Assert.That(server.Connections, Is.EqualTo(1));
    }

    /// <summary>A model that writes on for a reader who has left is paid for nothing.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task StreamAsync_LeftEarly_IsClosedSoon(bool cancelled)
    {
        await using var server = new RoadSocket(static async send =>
        {
            while (true)
            {
                await send(Piece("Par"));
                await Task.Delay(10);
            }
        });
        await using ServiceProvider services = Services(server);
        using var caller = new CancellationTokenSource();
        IAsyncEnumerator<StepResult<StreamChunk>> stream = services.GetRequiredService<TextClient>().StreamAsync("Hi", RoadHost.Scope, caller.Token).GetAsyncEnumerator();
        await stream.MoveNextAsync();

        long left = Stopwatch.GetTimestamp();
        if (cancelled)
        {
            await caller.CancelAsync();
        }

        await stream.DisposeAsync();
        await server.Closed.WaitAsync(TimeSpan.FromSeconds(10));

        TimeSpan after = Stopwatch.GetElapsedTime(left);
        TestContext.Out.WriteLine($"closed after {after.TotalMilliseconds:0} ms");
        Assert.That(after, Is.LessThan(TimeSpan.FromSeconds(1.5)));
    }

    private static ServiceProvider Services(RoadSocket server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = RoadHost.ApiKey;
            options.OpenAI.BaseUrl = server.BaseUrl;
        });
        return services.BuildServiceProvider();
    }
}
