using DiscordIntel.Pipeline;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

internal sealed class HostCodeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task TryAsync_Answer_IsGiven() => Assert.That(await TryAsync(_ => new(7)), Is.EqualTo((7, (Exception?)null)));

    [TestCase(true)]
    [TestCase(false)]
    public async Task TryAsync_AnythingThrown_IsAValue(bool atOnce)
    {
        (int _, Exception? fault) = await TryAsync(_ => atOnce ? throw new InvalidTimeZoneException() : ValueTask.FromException<int>(new InvalidTimeZoneException()));

        Assert.That(fault, Is.InstanceOf<InvalidTimeZoneException>());
    }

    [Test]
    public async Task TryAsync_CancellationOfItsOwn_IsAValue()
    {
        (int _, Exception? fault) = await TryAsync(_ => throw new OperationCanceledException());

        Assert.That(fault, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task TryAsync_NeverAnswers_IsATimeoutWhenPatienceEnds()
    {
        var never = new TaskCompletionSource<int>();
        Task<(int, Exception?)> running = TryAsync(_ => new(never.Task)).AsTask();

        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.That(running.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.That((await running).Item2, Is.InstanceOf<TimeoutException>());
    }

    [Test]
    public void TryAsync_CallerCancels_ThrowsAtOnceThoughTheHostDoesNotLook()
    {
        using var caller = new CancellationTokenSource();
        var never = new TaskCompletionSource<int>();
        Task<(int, Exception?)> running = TryAsync(_ => new(never.Task), caller.Token).AsTask();
        caller.Cancel();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
    }

    private ValueTask<(int Result, Exception? Fault)> TryAsync(Func<CancellationToken, ValueTask<int>> run, CancellationToken cancellationToken = default) =>
        HostCode.TryAsync(static (state, token) => state(token), run, Second, _time, cancellationToken);
}
