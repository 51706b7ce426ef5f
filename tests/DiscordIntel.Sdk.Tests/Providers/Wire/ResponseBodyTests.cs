using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ResponseBodyTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(8191)]
    [TestCase(8192)]
    [TestCase(8193)]
    [TestCase(16384)]
    [TestCase(100_000)]
    public async Task ReadAsync_AnyLength_IsWhole(int length)
    {
        byte[] sent = Bytes(length);
        using ResponseBody body = await ResponseBody.ReadAsync(new MemoryStream(sent), CancellationToken.None);

        Assert.That(body.Memory.Span.SequenceEqual(sent), Is.True);
    }

    [Test]
    public async Task ReadAsync_OneByteAtATime_IsWhole()
    {
        byte[] sent = Bytes(20_000);
        await using var stream = new Drops(sent);
        using ResponseBody body = await ResponseBody.ReadAsync(stream, CancellationToken.None);

        Assert.That(body.Memory.Span.SequenceEqual(sent), Is.True);
    }

    [Test]
    public async Task ReadAsync_OverTheCap_IsAnUnreadableAnswer()
    {
        ProviderException thrown = Assert.ThrowsAsync<ProviderException>(
            async () => await ResponseBody.ReadAsync(new MemoryStream(new byte[ResponseBody.MaxBytes + 1]), CancellationToken.None))!;

        Assert.That(thrown.Fault.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
        using ResponseBody most = await ResponseBody.ReadAsync(new MemoryStream(new byte[ResponseBody.MaxBytes - 1]), CancellationToken.None);
        Assert.That(most.Memory.Length, Is.EqualTo(ResponseBody.MaxBytes - 1));
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];

    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return await base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
        }
    }
}
