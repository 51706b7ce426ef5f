using System.Collections.Concurrent;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>The requests that a server has done with.</summary>
internal sealed class Answered : IProgress<EmulatorRequest>
{
    private readonly ConcurrentQueue<EmulatorRequest> _requests = new();

    public IReadOnlyCollection<EmulatorRequest> Requests => _requests;

    public void Report(EmulatorRequest value) => _requests.Enqueue(value);

    public async Task WaitAsync(int requests)
    {
        for (int i = 0; _requests.Count < requests; i++)
        {
            await Task.Delay(10);
            if (i > 3_000)
            {
                throw new TimeoutException("The server did not end its answer.");
            }
        }
    }
}
