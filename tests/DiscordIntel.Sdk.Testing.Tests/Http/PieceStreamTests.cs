using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Http;

/// <summary>The body of a streamed answer in process behaves as that of a connection.</summary>
internal sealed class PieceStreamTests
{
    private static readonly EmulatorReply Words = EmulatorReply.Text("One two three.");

    private readonly byte[] _buffer = new byte[4096];

    [Test]
    public async Task Read_AfterAReset_NeverReportsAnEnd()
    {
        await using Stream body = await OpenAsync(Words.ResetAfter(0));

        Assert.That(async () => await body.ReadAsync(_buffer), Throws.InstanceOf<IOException>());
        Assert.That(async () => await body.ReadAsync(_buffer), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Read_Cancelled_EndsTheStreamForGood()
    {
        await using Stream body = await OpenAsync(Words.StallAfter(0));
        using var stop = new CancellationTokenSource();

        Task<int> reading = body.ReadAsync(_buffer, stop.Token).AsTask();
        await stop.CancelAsync();

        OperationCanceledException? cancelled = Assert.CatchAsync<OperationCanceledException>(() => reading);
        Assert.That(cancelled!.CancellationToken, Is.EqualTo(stop.Token));
        Assert.That(async () => await body.ReadAsync(_buffer), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Read_AlreadyCancelled_ReadsNothing()
    {
        await using Stream body = await OpenAsync(Words);

        Assert.That(async () => await body.ReadAsync(_buffer, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await body.ReadAsync(_buffer), Is.Positive, "nothing was lost");
    }

    [Test]
    public async Task Dispose_WhileReading_EndsTheRead()
    {
        Stream body = await OpenAsync(Words.StallAfter(0));

        Task<int> reading = body.ReadAsync(_buffer).AsTask();
        Assert.That(reading.IsCompleted, Is.False);
        await body.DisposeAsync();

        Assert.That(async () => await reading.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Read_AfterTheEnd_StaysAtTheEnd()
    {
        await using Stream body = await OpenAsync(Words);
        while (await body.ReadAsync(_buffer) > 0)
        {
        }

        Assert.That(await body.ReadAsync(_buffer), Is.Zero);
    }

    [Test]
    public async Task Read_SmallBuffer_GivesTheRestNext()
    {
        await using Stream body = await OpenAsync(EmulatorReply.Raw(200, "abcde").InReadsOf(3));

        int[] counts = [await body.ReadAsync(_buffer.AsMemory(0, 2)), await body.ReadAsync(_buffer.AsMemory(2)), await body.ReadAsync(_buffer.AsMemory(3)), await body.ReadAsync(_buffer)];

        Assert.That(counts, Is.EqualTo(new[] { 2, 1, 2, 0 }));
        Assert.That(System.Text.Encoding.ASCII.GetString(_buffer, 0, 5), Is.EqualTo("abcde"));
    }

    private static async Task<Stream> OpenAsync(EmulatorReply reply)
    {
        StreamClient client = await StreamClient.OpenAsync(Form.InProcess, reply);
        return await (await client.SendAsync(StreamClient.Chat())).Content.ReadAsStreamAsync();
    }
}
