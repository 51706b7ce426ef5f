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

    [Test]
    public async Task GenerateAsync_IntegersWrittenAsFractions_AreReadAtOnce()
    {
        Emulator.Always(DiscordIntel.Testing.EmulatorReply.Json("""{"name":"x","count":1.0,"note":null,"weight":2e1}"""));

        StepResult<Plain> result = await Get<StructuredOutputClient>().GenerateAsync<Plain>("Fill it in.", Scope);

        Assert.That((result.ValueOrThrow().Count, result.Value!.Weight, Emulator.Requests.Count), Is.EqualTo((1, 20, 1)));
    }

    [Test]
    public async Task GenerateAsync_DateThatIsNone_IsAskedForAgainWithWhatItTakes()
    {
        Emulator.Enqueue(Completion("""{"on":"2026-02-30","at":"25:00:00"}"""), Completion("""{"on":"2026-02-28","at":"23:00:00"}"""));

        StepResult<Appointment> result = await Get<StructuredOutputClient>().GenerateAsync<Appointment>("When?", Scope);

        Assert.That(result.ValueOrThrow(), Is.EqualTo(new Appointment(new DateOnly(2026, 2, 28), new TimeOnly(23, 0))));
        Assert.That(Message(1, -1, "user"), Does.Contain("$.on: \"2026-02-30\" is not a date such as 2026-11-20").And.Contain("$.at: \"25:00:00\" does not match the pattern"));
    }

    internal sealed record Appointment(DateOnly On, TimeOnly At);

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
