using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

/// <summary>Types and schemas that strict mode cannot hold: told before anything is sent, with the place and a way out.</summary>
internal sealed class StructuredSchemaFaultTests : ClientFixture
{
    private StructuredOutputClient Client => Get<StructuredOutputClient>();

    [Test]
    public Task Dictionary_IsToldWithItsPlace() => RefusesAsync<WithDictionary>("$.properties.counts");

    [Test]
    public Task ObjectMember_IsToldWithItsPlace() => RefusesAsync<WithObject>("$.properties.anything");

    [Test]
    public Task JsonNodeMember_IsToldWithItsPlace() => RefusesAsync<WithNode>("$.properties.node");

    [Test]
    public Task ScalarRoot_IsTold() => RefusesAsync<int>("$");

    [Test]
    public Task ListRoot_IsTold() => RefusesAsync<List<string>>("$");

    [Test]
    public Task InterfaceMember_IsTold() => RefusesAsync<WithInterface>("$.properties.thing");

    [Test]
    public Task AbstractMember_IsTold() => RefusesAsync<WithAbstract>("$.properties.shape");

    [Test]
    public Task DelegateMember_IsTold() => RefusesAsync<WithDelegate>("$.properties.act");

    [Test]
    public Task TypeMember_IsTold() => RefusesAsync<WithType>("$.properties.kind");

    [Test]
    public Task TwoMembersOfOneName_AreTold() => RefusesAsync<WithCollision>("$");

    [Test]
    public Task TwoMembersOfOneNameDeepInside_AreTold() => RefusesAsync<WithCollisionInside>("$");

    [Test]
    public Task TypeThatCannotBeBuilt_IsTold() => RefusesAsync<WithoutConstructor>("$");

    [TestCase("""{"type":"array","items":{"type":"string"}}""", "$")]
    [TestCase("""{"type":"object","properties":{"a":true}}""", "$.properties.a")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string"}}}}""", "$.properties.a")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"https://example.com/a.json"}}}""", "$.properties.a")]
    [TestCase("""[]""", "$")]
    [TestCase("""null""", "$")]
    [TestCase("""{}""", "$")]
    public async Task GivenSchema_Unlawful_IsToldWithItsPlace(string schema, string path)
    {
        StepResult<JsonElement> result = await Client.GenerateAsync(StructuredRequest.Of("Answer."), JsonElement.Parse(schema), Scope);

        Refused(result.Error, result.Receipt, path);
    }

    [Test]
    public async Task GivenSchema_WithSeveralFaults_TellsThemApart()
    {
        JsonElement schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"not":{}},"b":{"type":"number","minimum":5,"maximum":1}}}""");

        StepResult<JsonElement> result = await Client.GenerateAsync(StructuredRequest.Of("Answer."), schema, Scope);

        Assert.That(result.Error?.Message, Is.EqualTo(
            "The schema cannot be used for structured outputs. $.properties.a: 'not' is not supported; say what is allowed, or check it in code after the call. "
            + "$.properties.b: 'minimum' 5 and 'maximum' 1 leave no value; raise the upper limit or lower the lower one."));
    }

    [Test]
    public Task CaselessPolymorphicMember_IsTold() => RefusesAsync<WithCaseless>("$");

    [Test]
    public async Task UnionRoot_IsToldAsAUnion()
    {
        StepResult<Pet> result = await Client.GenerateAsync<Pet>("Answer.", Scope);

        Refused(result.Error, result.Receipt, "$");
        Assert.That(result.Error!.Message, Does.Contain("$: the root is a union, and a strict model takes no anyOf there; put the union into a property of an object."));
    }

    [Test]
    public async Task GivenSchema_NotGivenAtAll_IsTold()
    {
        StepResult<JsonElement> result = await Client.GenerateAsync(StructuredRequest.Of("Answer."), default(JsonElement), Scope);

        Refused(result.Error, result.Receipt, "$");
    }

    [Test]
    public async Task ComputedMemberOfAnInterfaceType_IsLeftOut()
    {
        StepResult<WithComputed> result = await Client.GenerateAsync<WithComputed>("Answer.", Scope);

        Assert.That(result.IsSuccess, Is.True, result.Error?.Message);
    }

    [Test]
    public async Task SourceGeneratedType_WithAnInterfaceMember_IsToldToo()
    {
        StepResult<WithInterface> result = await Client.GenerateAsync(StructuredRequest.Of("Answer."), FaultyJson.Default.WithInterface, Scope);

        Refused(result.Error, result.Receipt, "$.properties.Thing");
    }

    private async Task RefusesAsync<T>(string path)
        where T : notnull
    {
        StepResult<T> result = await Client.GenerateAsync<T>("Answer.", Scope);

        Refused(result.Error, result.Receipt, path);
    }

    private void Refused(StepError? error, StepReceipt receipt, string path)
    {
        Assert.That(error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(error!.Message, Does.Contain($"{path}:").And.Contains(";"), "the place; the way out");
        Assert.That(receipt.Attempts, Is.Zero);
        Assert.That(Emulator.Requests, Is.Empty);
    }

    internal sealed record WithDictionary(Dictionary<string, int> Counts);

    internal sealed record WithObject(object Anything);

    internal sealed record WithNode(JsonNode Node);

    internal sealed record WithInterface(IThing Thing);

    internal interface IThing
    {
        string Name { get; }
    }

    internal sealed record WithAbstract(Shape Shape);

    internal abstract record Shape(string Name);

    internal sealed record WithCaseless(Caseless Thing);

    [JsonPolymorphic]
    internal abstract class Caseless
    {
        public int X { get; set; }
    }

    [JsonDerivedType(typeof(Cat), "cat")]
    [JsonDerivedType(typeof(Dog), "dog")]
    internal abstract record Pet(string Name);

    internal sealed record Cat(string Name, int Lives) : Pet(Name);

    internal sealed record Dog(string Name, bool Barks) : Pet(Name);

    internal sealed record WithDelegate(Action Act);

    internal sealed record WithType(Type Kind);

    internal sealed class WithCollision
    {
        public string? Name { get; set; }

        [JsonPropertyName("name")]
        public string? Other { get; set; }
    }

    internal sealed record WithCollisionInside(List<WithCollision> Inner);

    internal sealed class WithoutConstructor
    {
        private WithoutConstructor()
        {
        }

        public string? Name { get; set; }
    }

    internal sealed record WithComputed(string Name)
    {
        public IThing? Thing => null;
    }
}

[JsonSerializable(typeof(StructuredSchemaFaultTests.WithInterface))]
internal sealed partial class FaultyJson : JsonSerializerContext;
