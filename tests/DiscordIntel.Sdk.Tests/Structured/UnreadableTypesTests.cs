using DiscordIntel.Results;
using DiscordIntel.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

[TestFixture]
internal sealed class UnreadableTypesTests : ClientFixture
{
    [Test]
    public async Task GenerateAsync_MemberWhoseValueIsOnlyComputed_IsRefusedBeforeAnythingIsSent()
    {
        StepResult<Embed> result = await Get<StructuredOutputClient>().GenerateAsync<Embed>("Make an embed.", Scope);

        Assert.That((result.Error?.Kind, Emulator.Requests.Count), Is.EqualTo((StepErrorKind.InvalidRequest, 0)));
        Assert.That(result.Error!.Message, Does.Contain("color"));
    }

    [TestCase("""{"name":null,"count":1,"note":null,"weight":null}""")]
    [TestCase("""{"name":"x","count":null,"note":null,"weight":null}""")]
    public async Task GenerateAsync_NullForAMemberThatMayNotBeNull_IsNoSuccess(string answer)
    {
        Emulator.Always(DiscordIntel.Testing.EmulatorReply.Json(answer));

        StepResult<Plain> result = await Get<StructuredOutputClient>().GenerateAsync<Plain>("Fill it in.", Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
    }

    [Test]
    public async Task GenerateAsync_NullForAMemberWithAValueOfItsOwn_KeepsThatValue()
    {
        Emulator.Always(DiscordIntel.Testing.EmulatorReply.Json("""{"name":"x","count":1,"note":null,"weight":null}"""));

        StepResult<Plain> result = await Get<StructuredOutputClient>().GenerateAsync<Plain>("Fill it in.", Scope);

        Assert.That((result.ValueOrThrow().Weight, result.Value!.Note), Is.EqualTo((7, (string?)null)));
    }

    internal sealed record Embed(string Title, Colour Color);

    internal readonly struct Colour(uint raw)
    {
        public uint RawValue { get; } = raw;

        public byte Red => (byte)(RawValue >> 16);
    }

    internal sealed class Plain
    {
        public string Name { get; set; } = null!;

        public int Count { get; set; }

        public string? Note { get; set; }

        public int Weight { get; set; } = 7;
    }
}
