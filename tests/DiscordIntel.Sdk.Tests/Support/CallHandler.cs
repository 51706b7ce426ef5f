using DiscordIntel.Testing;

namespace DiscordIntel.Tests.Support;

/// <summary>The way to the emulator. It can hold requests up, and knows when each was sent by the test's clock.</summary>
internal sealed class CallHandler(OpenAIEmulator emulator, TimeProvider time) : DelegatingHandler(emulator.CreateHandler())
{
    private readonly Lock _lock = new();
    private readonly List<DateTimeOffset> _sentAt = [];

    /// <summary>Awaited before a request goes on to the emulator.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<DateTimeOffset> SentAt
    {
        get
        {
            lock (_lock)
            {
                return [.. _sentAt];
            }
        }
    }

    /// <summary>Holds every request until the task given has ended. Gives a task that ends when the first request is there.</summary>
    public Task HoldUntil(Task released)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before = token =>
        {
            arrived.TrySetResult();
            return released.WaitAsync(token);
        };
        return arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _sentAt.Add(time.GetUtcNow());
        }

        await Before(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
