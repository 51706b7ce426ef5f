using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests;

/// <summary>Streams that were told to go otherwise, over both forms of the emulator.</summary>
[TestFixture(Form.InProcess)]
[TestFixture(Form.Loopback)]
internal sealed class EmulatorReplyStreamingTests(Form form)
{
    // Role, four words, finish, usage.
    private const int Chunks = 7;
    private static readonly EmulatorReply Four = EmulatorReply.Text("One two three four.");

    [Test]
    public async Task CutAfter_AnyNumber_EndsQuietlyBehindThatMany([Range(0, Chunks)] int chunks)
    {
        string whole = await WireAsync(Four);

        string cut = await WireAsync(Four.CutAfter(chunks));

        Assert.That(whole, Does.StartWith(cut));
        Assert.That(cut.Split("data: ").Length - 1, Is.EqualTo(chunks));
    }

    [Test]
    public async Task ResetAfter_AnyNumber_BreaksTheConnectionBehindThatMany([Range(0, Chunks)] int chunks)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.ResetAfter(chunks));

        (List<string> events, Exception? fault) = await client.EventsAsync(StreamClient.Chat());

        Assert.That(events, Has.Count.EqualTo(chunks));
        Assert.That((fault?.InnerException as SocketException)?.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset), fault?.ToString());
        Assert.That(client.Emulator.Requests.Single().Chunks, Is.EqualTo(chunks));
    }

    [Test]
    public async Task ResetAfter_MoreThanThereAre_BreaksBeforeDone()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.ResetAfter(1_000));

        (List<string> events, Exception? fault) = await client.EventsAsync(StreamClient.Chat());

        Assert.That((events.Count, fault is IOException), Is.EqualTo((Chunks, true)));
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task StallAfter_SomeChunks_FallsSilentUntilTheReaderLeaves(int chunks)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.StallAfter(chunks));
        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat());
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using var patience = new CancellationTokenSource();
        var read = new StringBuilder();

        Task reading = ReadAsync();
        while (read.ToString().Split("data: ").Length - 1 < chunks)
        {
            await Task.Delay(1);
        }

        Assert.That(reading.IsCompleted, Is.False);
        await patience.CancelAsync();

        Assert.That(async () => await reading.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        await client.AnsweredAsync();
        Assert.That(client.Emulator.Requests.Single().Chunks, Is.EqualTo(chunks));

        async Task ReadAsync()
        {
            byte[] buffer = new byte[4096];
            while (true)
            {
                int count = await body.ReadAsync(buffer, patience.Token);
                Assert.That(count, Is.Positive);
                lock (read)
                {
                    read.Append(Encoding.UTF8.GetString(buffer, 0, count));
                }
            }
        }
    }

    [Test]
    public async Task ErrorAfter_SomeChunks_SendsOpenAIsShapeAndDone()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.ErrorAfter(2, "overloaded"));

        (List<string> events, Exception? fault) = await client.EventsAsync(StreamClient.Chat());

        Assert.That((events.Count, events[^1], fault), Is.EqualTo((4, "[DONE]", (Exception?)null)));
        EmulatorClient.AssertError(
            EmulatorClient.Parse(events[2]), "The server had an error while processing your request. Sorry about that!", "overloaded", null, "overloaded");
    }

    [TestCase("server_error")]
    [TestCase(502)]
    public async Task RouterErrorAfter_SomeChunks_SendsOpenRoutersShape(object code)
    {
        EmulatorReply reply = code is int number ? Four.RouterErrorAfter(2, number) : Four.RouterErrorAfter(2, (string)code);
        await using StreamClient client = await StreamClient.OpenAsync(form, reply);

        (List<string> events, _) = await client.EventsAsync(StreamClient.Chat());

        JsonElement last = EmulatorClient.Parse(events[2]);
        Assert.That(events, Has.Count.EqualTo(3));
        Assert.That(last.GetProperty("error").GetRawText(), Is.EqualTo($$"""{"code":{{(code is int ? code : $"\"{code}\"")}},"message":"Provider disconnected unexpectedly"}"""));
        Assert.That(last.GetProperty("choices").GetRawText(), Is.EqualTo("""[{"index":0,"delta":{"content":""},"finish_reason":"error"}]"""));
        Assert.That(last.GetProperty("id").GetString(), Is.EqualTo("chatcmpl-emulator-1"));
    }

    [Test]
    public async Task WithComments_Any_StandBeforeEveryChunk()
    {
        string whole = await WireAsync(Four);

        string commented = await WireAsync(Four.WithComments());

        Assert.That(commented.Split(": OPENROUTER PROCESSING\n\n"), Has.Length.EqualTo(Chunks + 1));
        Assert.That(commented.Replace(": OPENROUTER PROCESSING\n\n", "", StringComparison.Ordinal), Is.EqualTo(whole));
    }

    [TestCase(true, false)]
    [TestCase(true, true)]
    [TestCase(false, true)]
    public async Task WithUsage_Either_OverrulesTheRequest(bool sent, bool asked)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.WithUsage(sent));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: asked));

        Assert.That(chunks.Count(chunk => chunk.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind is JsonValueKind.Object), Is.EqualTo(sent ? 1 : 0));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task WithUsage_NoStream_AppliesToTheWholeReply(bool sent)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, Four.WithUsage(sent));

        JsonElement reply = EmulatorClient.Parse(await client.ReadAsync(EmulatorClient.Chat()));

        Assert.That(reply.TryGetProperty("usage", out _), Is.EqualTo(sent));
    }

    [Test]
    public async Task WithCrLf_Any_EndsEveryLineSo() =>
        Assert.That(await WireAsync(Four.WithCrLf()), Is.EqualTo((await WireAsync(Four)).ReplaceLineEndings("\r\n")));

    [Test]
    public async Task WithoutDone_Any_LeavesOnlyThatOut() =>
        Assert.That(await WireAsync(Four.WithoutDone()) + "data: [DONE]\n\n", Is.EqualTo(await WireAsync(Four)));

    [Test]
    public async Task WithoutLastBlankLine_Any_LeavesOnlyThatOut()
    {
        Assert.That(await WireAsync(Four.WithoutLastBlankLine()) + "\n", Is.EqualTo(await WireAsync(Four)));
        Assert.That(await WireAsync(Four.WithoutDone().WithoutLastBlankLine()) + "\n", Is.EqualTo(await WireAsync(Four.WithoutDone())));
        Assert.That(await WireAsync(Four.CutAfter(3).WithoutLastBlankLine()) + "\n", Is.EqualTo(await WireAsync(Four.CutAfter(3))));
        Assert.That(await WireAsync(Four.ErrorAfter(3).WithoutLastBlankLine()) + "\n", Is.EqualTo(await WireAsync(Four.ErrorAfter(3))));
        Assert.That(await WireAsync(Four.RouterErrorAfter(3, 1).WithoutLastBlankLine()) + "\n", Is.EqualTo(await WireAsync(Four.RouterErrorAfter(3, 1))));
    }

    [TestCase(1)]
    [TestCase(7)]
    public async Task InReadsOf_FewBytes_ChangesNoneOfThem(int bytes)
    {
        EmulatorReply reply = EmulatorReply.Text("Héllo 🙂 you");
        string whole = await WireAsync(reply);
        await using StreamClient client = await StreamClient.OpenAsync(form, reply.InReadsOf(bytes));
        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat());
        await using Stream body = await response.Content.ReadAsStreamAsync();
        var read = new List<byte>();
        byte[] buffer = new byte[4096];

        while (await body.ReadAsync(buffer) is > 0 and int count)
        {
            // Over a socket some may have gathered.
            Assert.That(form is Form.InProcess && count > bytes, Is.False);
            read.AddRange(buffer.AsSpan(0, count));
        }

        Assert.That(Encoding.UTF8.GetString([.. read]), Is.EqualTo(whole));
    }

    [Test]
    public async Task InReadsOf_OtherBodies_WorksForThemToo()
    {
        const string Wire = ": hello\r\n\r\ndata: {}\r\n\r\n";
        await using StreamClient client = await StreamClient.OpenAsync(
            form, EmulatorReply.Raw(200, Wire, "text/event-stream").InReadsOf(1), EmulatorReply.Overloaded().InReadsOf(7), EmulatorReply.EmptyBody().InReadsOf(1));

        Assert.That(await client.ReadAsync(StreamClient.Chat()), Is.EqualTo(Wire));
        Assert.That(EmulatorClient.Parse(await client.ReadAsync(EmulatorClient.Chat())).TryGetProperty("error", out _));
        Assert.That(await client.ReadAsync(EmulatorClient.Chat()), Is.Empty);
    }

    [Test]
    public async Task Paced_OnAFakeClock_SendsAChunkForEveryDelay()
    {
        var time = new FakeTimeProvider();
        await using StreamClient client = await StreamClient.OpenAsync(form, new OpenAIEmulator(time).Enqueue(Four.Paced(TimeSpan.FromSeconds(1))));
        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat());
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[4096];
        int chunks = 0;

        while (chunks < Chunks)
        {
            Task<int> read = body.ReadAsync(buffer).AsTask();
            if (form is Form.InProcess || chunks == 0)
            {
                time.Advance(TimeSpan.FromSeconds(0.75));
                Assert.That((read.IsCompleted, client.Emulator.Requests.Single().Chunks), Is.EqualTo((false, chunks)), "no chunk before its time");
                time.Advance(TimeSpan.FromSeconds(0.25));
            }

            while (form is Form.Loopback && !read.IsCompleted)
            {
                // The server waits from a moment that this test cannot see.
                await Task.Delay(5);
                time.Advance(TimeSpan.FromSeconds(client.Emulator.Requests.Single().Chunks == chunks ? 0.25 : 0));
            }

            chunks += Encoding.UTF8.GetString(buffer, 0, await read).Split("data: {").Length - 1;
        }
    }

    [Test]
    public async Task Stream_ReaderLeaves_ProducesNoMore()
    {
        const int Words = 100_000;
        string text = string.Join(' ', Enumerable.Repeat("word", Words));
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Text(text));
        byte[] buffer = new byte[100];

        using (HttpResponseMessage response = await client.SendAsync(StreamClient.Chat()))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(buffer);
        }

        await client.AnsweredAsync();
        int produced = client.Emulator.Requests.Single().Chunks!.Value;
        await Task.Delay(50);
        Assert.That(client.Emulator.Requests.Single().Chunks, Is.EqualTo(produced), "none comes later");
        Assert.That(produced, form is Form.InProcess ? Is.EqualTo(1) : Is.LessThan(Words), "a socket has room for some that nobody reads");
    }

    [Test]
    public async Task Stream_NotYetRead_ProducesNothing()
    {
        await using StreamClient client = await StreamClient.OpenAsync(Form.InProcess, Four);

        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat());

        Assert.That(client.Emulator.Requests.Single().Chunks, Is.Zero);
    }

    [Test]
    public async Task Methods_OnAReply_LeaveItAsItWas()
    {
        string before = await WireAsync(Four);

        _ = Four.CutAfter(1).WithCrLf().InReadsOf(1).WithoutDone();

        Assert.That(await WireAsync(Four), Is.EqualTo(before));
    }

    [Test]
    public void Methods_NothingToStream_Throw()
    {
        Assert.That(() => EmulatorReply.Overloaded().CutAfter(1), Throws.InvalidOperationException);
        Assert.That(() => EmulatorReply.Raw(200, "").WithUsage(true), Throws.InvalidOperationException);
        Assert.That(() => EmulatorReply.Stall().Paced(TimeSpan.Zero), Throws.InvalidOperationException);
    }

    [Test]
    public void Methods_WrongArguments_Throw()
    {
        Assert.That(() => Four.Paced(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.InChunksOf(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.InReadsOf(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.CutAfter(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.ResetAfter(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.StallAfter(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.ErrorAfter(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.RouterErrorAfter(-1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Four.WithComments("two\nlines"), Throws.ArgumentException);
        Assert.That(() => EmulatorReply.ToolCalls(), Throws.ArgumentException);
        Assert.That(() => EmulatorReply.ToolCalls(("name", null!)), Throws.ArgumentException);
    }

    private async Task<string> WireAsync(EmulatorReply reply)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, reply);
        return await client.ReadAsync(StreamClient.Chat());
    }
}
