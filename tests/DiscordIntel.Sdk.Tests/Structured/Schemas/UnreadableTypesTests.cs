using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Types that no answer can be read into: one sentence each, with the place, what is wrong and a way out.</summary>
public class UnreadableTypesTests
{
    private const string Data = "use a class, record, list, enum, string, number or boolean";

    [TestCase(typeof(IThing), "an answer does not say which IThing it is; use a concrete type, or name the cases with [JsonPolymorphic] and [JsonDerivedType]")]
    [TestCase(typeof(Abstract), "an answer does not say which Abstract it is; use a concrete type, or name the cases with [JsonPolymorphic] and [JsonDerivedType]")]
    [TestCase(typeof(Silent), "an answer does not say that it is a SilentCase, so it would be read as Silent; name the case: [JsonDerivedType(typeof(SilentCase), \"...\")]")]
    [TestCase(typeof(TwoWays), "the serializer finds no constructor of TwoWays to read an answer with; give it one public constructor, or mark one with [JsonConstructor]")]
    [TestCase(typeof(Lazy<int>), "all properties of Lazy<Int32> are computed, so an answer would be lost; give it properties with a setter, or a constructor that takes them")]
    [TestCase(typeof(Empty), "the type Empty has no properties to read an answer into; give it some (fields count only with [JsonInclude] or IncludeFields)")]
    [TestCase(typeof(Fields), "the type Fields has no properties to read an answer into; give it some (fields count only with [JsonInclude] or IncludeFields)")]
    [TestCase(typeof(Vector2), "the type Vector2 has no properties to read an answer into; give it some (fields count only with [JsonInclude] or IncludeFields)")]
    [TestCase(typeof((int, string)), "the elements of a tuple have no names in JSON; use a record")]
    [TestCase(typeof((int, string)?), "the elements of a tuple have no names in JSON; use a record")]
    [TestCase(typeof(BigInteger), "all properties of BigInteger are computed, so an answer would be lost; give it properties with a setter, or a constructor that takes them")]
    [TestCase(typeof(int[,]), "the serializer cannot read the type Int32[,]; use a list of lists")]
    [TestCase(typeof(Action), $"the serializer cannot read the type Action; {Data}, or leave the member out with [JsonIgnore]")]
    [TestCase(typeof(Type), $"the serializer cannot read the type Type; {Data}, or leave the member out with [JsonIgnore]")]
    [TestCase(typeof(nint), $"the serializer cannot read the type IntPtr; {Data}, or leave the member out with [JsonIgnore]")]
    [TestCase(typeof(object), $"nothing says what JSON the type Object takes: it may be anything, or a converter of its own reads it; {Data}")]
    [TestCase(typeof(JsonElement?), $"nothing says what JSON the type JsonElement takes: it may be anything, or a converter of its own reads it; {Data}")]
    [TestCase(typeof(JsonObject), $"nothing says what JSON the type JsonObject takes: it may be anything, or a converter of its own reads it; {Data}")]
    [TestCase(typeof(JsonArray), $"nothing says what JSON the type JsonArray takes: it may be anything, or a converter of its own reads it; {Data}")]
    [TestCase(typeof(Converted), $"nothing says what JSON the type Converted takes: it may be anything, or a converter of its own reads it; {Data}")]
    [TestCase(typeof(Dictionary<string, object>), "an open dictionary cannot be sent to a strict model; use a list of objects with a key and a value")]
    [TestCase(typeof(IReadOnlyDictionary<string, int>), "an open dictionary cannot be sent to a strict model; use a list of objects with a key and a value")]
    [TestCase(typeof(ReadOnlyCollection<int>), "the serializer cannot fill the type ReadOnlyCollection<Int32>; use a list or an array")]
    [TestCase(typeof(IReadOnlySet<int>), "the serializer cannot fill the type IReadOnlySet<Int32>; use a list or an array")]
    [TestCase(typeof(FrozenSet<int>), "the serializer cannot fill the type FrozenSet<Int32>; use a list or an array")]
    [TestCase(typeof(ConcurrentBag<int>), "the serializer cannot fill the type ConcurrentBag<Int32>; use a list or an array")]
    [TestCase(typeof(Unfillable), "the serializer cannot fill the type Unfillable; use a list or an array")]
    [TestCase(typeof(NoValues), "the enum NoValues has no values; give it one, or use another type")]
    [TestCase(typeof(NoValues?), "the enum NoValues has no values; give it one, or use another type")]
    public void TryCompile_MemberOfSuchAType_IsRefusedOnceWithPathAndWayOut(Type type, string fault) =>
        Assert.That(ClientTypes.FaultsOf(typeof(Holder<>).MakeGenericType(type)), Is.EqualTo(new[] { $"$.properties.v: {fault}" }));

    [TestCase(typeof(object[]))]
    [TestCase(typeof(ArrayList))]
    [TestCase(typeof(List<JsonElement>))]
    public void TryCompile_ListOfAnything_IsRefusedAtItsElements(Type type)
    {
        IReadOnlyList<string> faults = ClientTypes.FaultsOf(typeof(Holder<>).MakeGenericType(type));

        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.StartWith("$.properties.v.items: nothing says what JSON the type "));
    }

    [Test]
    public void TryCompile_RootOfSuchAType_IsRefusedOnce() =>
        Assert.That(ClientTypes.FaultsOf(typeof(Abstract)), Is.EqualTo(new[] { "$: an answer does not say which Abstract it is; use a concrete type, or name the cases with [JsonPolymorphic] and [JsonDerivedType]" }));

    [Test]
    public void TryCompile_CaseThatCannotBeBuilt_IsRefusedAtItsBranch() =>
        Assert.That(ClientTypes.FaultsOf(typeof(Holder<Sealed>))[0], Does.Match(@"^\$\.properties\.v\.anyOf\[?\.?0\]?: the serializer finds no constructor of SealedCase "));

    [Test]
    public void TryCompile_ManyFlagsWrittenAsNumbers_AreRefusedWithAWayOut() =>
        Assert.That(
            ClientTypes.FaultsOf(typeof(Holder<Many>), new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }),
            Is.EqualTo(new[] { "$.properties.V: the flags of Many make more than 250 numbers; serialize it by names, with a JsonStringEnumConverter" }));

    [Test]
    public void TryCompile_MemberWithAConverterOfItsOwn_IsRefused() =>
        Assert.That(ClientTypes.FaultsOf(typeof(OddMember))[0], Does.StartWith("$.properties.number: nothing says what JSON the type Int32 takes: "));

    [Test]
    public void TryCompile_TypeThatRequiresItself_IsRefused() =>
        Assert.That(ClientTypes.FaultsOf(typeof(Endless)), Is.EqualTo(new[] { "$.properties.next: it requires itself without end, so no answer can fit; make a member on the way nullable or optional, or a list" }));

    [Test]
    public void TryCompile_ComputedMembersOfAnyType_AreLeftOut() =>
        Assert.That(
            ClientTypes.Compile(typeof(WithComputed)).Strict.GetProperty("properties").GetRawText(), Is.EqualTo("""{"name":{"type":"string"}}"""));

    [Test]
    public void TryCompile_UnsealedClass_IsLawful() =>
        Assert.That(ClientTypes.Compile(typeof(Holder<Unsealed>)).Validate("""{"v":{"x":1}}""").IsValid, Is.True);

    [Test]
    public void TryCompile_TupleWithIncludedFields_IsRead()
    {
        var options = new JsonSerializerOptions { IncludeFields = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        byte[] answer = [.. ClientTypes.Compile(typeof(Holder<(int, string)>), options).Validate("""{"V":{"Item1":1.0,"Item2":"a"}}""").Json.Span];

        Assert.That(JsonSerializer.Deserialize<Holder<(int, string)>>(answer, options)!.V, Is.EqualTo((1, "a")));
    }

    internal interface IThing
    {
        int X { get; set; }
    }

    internal abstract class Abstract
    {
        public int X { get; set; }
    }

    [JsonDerivedType(typeof(SilentCase))]
    internal class Silent
    {
        public int X { get; set; }
    }

    internal sealed class SilentCase : Silent
    {
        public int Y { get; set; }
    }

    [JsonDerivedType(typeof(SealedCase), "case")]
    internal abstract class Sealed
    {
        public int X { get; set; }
    }

    internal sealed class SealedCase : Sealed
    {
        private SealedCase()
        {
        }
    }

    internal sealed class TwoWays
    {
        public TwoWays(int a) => A = a;

        public TwoWays(string a) => A = a.Length;

        public int A { get; set; }
    }

    internal sealed class Empty;

    internal sealed class Fields
    {
        public int X = 1;
    }

    internal enum NoValues
    {
    }

    [Flags]
    internal enum Many
    {
        A = 1,
        B = 2,
        C = 4,
        D = 8,
        E = 16,
        F = 32,
        G = 64,
        H = 128,
    }

    [JsonConverter(typeof(ConvertedConverter))]
    internal sealed record Converted(int X);

    internal sealed class ConvertedConverter : JsonConverter<Converted>
    {
        public override Converted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options) => writer.WriteNumberValue(value.X);
    }

    internal sealed class OddConverter : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetInt32();

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    internal sealed record OddMember([property: JsonConverter(typeof(OddConverter))] int Number);

    internal sealed record Endless(string Text, Endless Next);

    internal sealed record WithComputed(string Name)
    {
        public Action? Act => null;

        public int[,]? Grid => null;

        public IThing? Thing => null;
    }

    internal class Unsealed
    {
        public int X { get; set; }
    }

    internal sealed class Unfillable : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => Enumerable.Empty<int>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
