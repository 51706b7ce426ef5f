using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Structured.Schemas;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>What passes the check is read by the serializer, and what the serializer writes passes the check.</summary>
public class ReadableTypesTests
{
    private static readonly object[] Values =
    [
        sbyte.MinValue, byte.MaxValue, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, Int128.MinValue, UInt128.MaxValue,
        (Half)1.5, 1.5f, double.MaxValue, decimal.MaxValue, true, "text", 'x', new byte[] { 1, 2, 3, 4 }, new Memory<byte>([1, 2]), new ReadOnlyMemory<byte>([1]), new Version(1, 2, 3, 4),
        new DateTime(2026, 11, 20, 12, 30, 15, DateTimeKind.Utc), new DateTimeOffset(2026, 11, 20, 12, 30, 15, TimeSpan.FromHours(-3.5)), new DateOnly(2024, 2, 29), new TimeOnly(23, 59, 59, 999),
        new TimeSpan(3, 23, 59, 59, 1), Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), new Uri("https://example.com/a?b#c"), Named.First, Marks.A | Marks.C, Marks.None,
        new HashSet<int> { 1 }, new List<string> { "a" }, ImmutableArray.Create(1), ImmutableList.Create(1), new[] { 1 }, new int[][] { [1], [] }, new Queue<int>([1]), new Stack<int>([1]),
        new LinkedList<int>([1]), new SortedSet<int> { 1 }, new Collection<int> { 1 }, new Tuple<int, string>(1, "a"), new KeyValuePair<string, int>("a", 1), new Pair(1, "b"), new Built("a") { Note = "n" },
        new Derived { X = 1, Y = "y" }, new Included { Field = 1 }, new Page<Page<int>>([new Page<int>([1])]), new Circle(1.5), DayOfWeek.Friday,
    ];

    private static readonly Type[] Interfaces =
        [typeof(IReadOnlyList<int>), typeof(IReadOnlyCollection<string>), typeof(IEnumerable<DateOnly>), typeof(IList<int>), typeof(ICollection<int>), typeof(ISet<int>), typeof(Form)];

    private static readonly string[] Tokens =
    [
        "0", "-0", "1.0", "1e2", "-1", "127", "128", "-129", "255", "256", "32768", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775808", "18446744073709551616",
        "1e30", "340282366920938463463374607431768211456", "1.5", "70000.5", "1e39", "1e300", "1e400", "-1e29", "true", "null", "[]", "[1]", "[null]", "[\"2026-01-01\"]", "{}",
        "\"\"", "\"x\"", "\"\ud83d\ude00\"", "\"\\n\"", "\"1.2\"", "\"1.2.3.4\"", "\"1.9999999999\"", "\"AQID\"", "\"AQ==\"", "\"AQI=\"", "\"AB==\"", "\"2026-11-20T12:00:00Z\"", "\"2026-11-20T12:00:00.1234567+01:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"2026-11-20\"", "\"2026-02-29\"", "\"23:59:59\"", "\"23:59:59Z\"", "\"24:00:00\"", "\"12:00:00.1234567\"", "\"-1.02:03:04\"", "\"9999999.23:59:59.9999999\"",
        "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"", "\"{6f9619ff-8b86-d011-b42d-00cf4fc964ff}\"", "\"https://example.com/\"", "\"mailto:a@b.c\"", "\"/a/b\"", "\"http://\"", "\"the first\"", "\"Second\"",
        "\"A\"", "\"A, see (it)\"", "\"None, A\"", "\"D\"", "\"Friday\"",
    ];

    private static IEnumerable<TestCaseData> Samples => Values.Select(value => new TestCaseData(value).SetArgDisplayNames(value.GetType().Name + " " + value));

    private static Type[] Types =>
    [
        .. Values.Select(value => value.GetType()).Distinct(),
        .. Values.Select(value => value.GetType()).Distinct().Where(type => type.IsValueType).Select(type => typeof(Nullable<>).MakeGenericType(type)),
        .. Interfaces,
    ];

    [TestCaseSource(nameof(Samples))]
    public void Validate_WhatTheSerializerWrites_FitsAndIsReadBack(object value)
    {
        Type holder = typeof(Holder<>).MakeGenericType(value is Circle ? typeof(Form) : value.GetType());
        string written = JsonSerializer.Serialize(Activator.CreateInstance(holder, value), holder, ClientTypes.Options);

        SchemaVerdict verdict = ClientTypes.Compile(holder).Validate(written);

        Assert.That(verdict.Issues, Is.Empty, written);
        object? read = JsonSerializer.Deserialize(verdict.Json.Span, holder, ClientTypes.Options);
        Assert.That(JsonSerializer.Serialize(read, holder, ClientTypes.Options), value is Stack<int> ? Is.Not.Null : Is.EqualTo(written));
    }

    [TestCaseSource(nameof(Types))]
    public void Validate_ValueThatFits_IsRead(Type type)
    {
        Type holder = typeof(Holder<>).MakeGenericType(type);
        StructuredSchema schema = ClientTypes.Compile(holder);

        bool Try(string token) => Reads(schema, ClientTypes.Options.GetTypeInfo(holder), $$"""{"v":{{token}}}""");

        // What is nearly lawful tells more than what is far from it.
        string[] lawful = [.. Tokens.Where(Try)];
        Prop.ForAll(Candidates(lawful.Length > 0 ? lawful : Tokens).ToArbitrary(), token => { Try(token); }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Validate_RandomAnswerOfTheSchema_IsRead() => Prop.ForAll(
        StrictSampler.Of(ClientTypes.Compile(typeof(Everything)).Strict, Tokens).ToArbitrary(),
        answer => Assert.That(Reads(ClientTypes.Compile(typeof(Everything)), ClientTypes.Options.GetTypeInfo(typeof(Everything)), answer!.ToJsonString()), Is.True, answer.ToJsonString()));

    [TestCase(typeof(byte), "256", "$.v: 256 is above the maximum 255")]
    [TestCase(typeof(int), "2147483648", "$.v: 2147483648 is not an integer from -2147483648 to 2147483647")]
    [TestCase(typeof(int?), "2147483648", "$.v: 2147483648 is not an integer from -2147483648 to 2147483647")]
    [TestCase(typeof(float), "1e39", "$.v: 1e39 is not a number from -3.4028235E+38 to 3.4028235E+38")]
    [TestCase(typeof(decimal), "1e29", "$.v: 1e29 is not a number of less than 7.9E+28 on either side of 0")]
    [TestCase(typeof(DateOnly), "\"2026-02-29\"", "$.v: \"2026-02-29\" is not a date such as 2026-11-20")]
    [TestCase(typeof(DateTimeOffset?), "\"soon\"", "$.v: \"soon\" is not a date and time such as 2026-11-20T12:00:00Z")]
    [TestCase(typeof(Guid), "\"1\"", "$.v: \"1\" is not a UUID of 32 hexadecimal digits and 4 hyphens")]
    [TestCase(typeof(Uri), "\"/a\"", "$.v: \"/a\" is not an absolute URI such as https://example.com/")]
    public void Validate_ValueThatTheTypeCannotHold_IsToldWithWhatItTakes(Type type, string token, string issue) =>
        Assert.That(ClientTypes.Compile(typeof(Holder<>).MakeGenericType(type)).Validate($$"""{"v":{{token}}}""").Issues, Is.EqualTo(new[] { issue }));

    [TestCase(typeof(TimeOnly), """{"type":"string","pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,7})?$"}""")]
    [TestCase(typeof(char), """{"description":"Exactly 1 character.","type":"string","pattern":"^[\\s\\S]$"}""")]
    [TestCase(typeof(byte), """{"type":"integer","minimum":0,"maximum":255}""")]
    [TestCase(typeof(ulong?), """{"type":["integer","null"],"minimum":0}""")]
    [TestCase(typeof(long), """{"type":"integer"}""")]
    [TestCase(typeof(Named?), """{"type":["string","null"],"enum":["the first","Second",null]}""")]
    [TestCase(typeof(Marks), """{"description":"One or more of None, A, B, see (it), with a comma and a space between two.","type":"string","pattern":"^(None|A|B|see \\(it\\))(, (None|A|B|see \\(it\\)))*$"}""")]
    public void TryCompile_Scalar_SaysWhatIsRead(Type type, string strict) =>
        Assert.That(ClientTypes.Compile(typeof(Holder<>).MakeGenericType(type)).Strict.GetProperty("properties").GetProperty("v").GetRawText(), Is.EqualTo(strict));

    [Test]
    public void TryCompile_FlagsWrittenAsNumbers_ListsTheSums()
    {
        StructuredSchema schema = ClientTypes.Compile(typeof(Holder<Marks?>), Numeric);

        Assert.That(schema.Strict.GetProperty("properties").GetProperty("v").GetRawText(), Is.EqualTo(
            """{"description":"A sum of 0 = None, 1 = A, 2 = B, 8 = C","type":["integer","null"],"enum":[0,1,2,3,8,9,10,11,null]}"""));
        Assert.That(JsonSerializer.Deserialize<Holder<Marks>>(schema.Validate("""{"v":9.0}""").Json.Span, Numeric)!.V, Is.EqualTo(Marks.A | Marks.C));
    }

    [Test]
    public void TryCompile_NumbersThatMayBeStrings_AskForNumbers()
    {
        StructuredSchema schema = ClientTypes.Compile(typeof(Loose));

        Assert.That(schema.Strict.GetProperty("properties").GetRawText(), Is.EqualTo("""{"count":{"type":"integer"},"share":{"type":"number","minimum":0,"maximum":1}}"""));
        Assert.That(Reads(schema, ClientTypes.Options.GetTypeInfo(typeof(Loose)), """{"count":1.0,"share":0.5}"""), Is.True);
    }

    [Test]
    public void TryCompile_RangeNarrowerThanTheType_IsKept() =>
        Assert.That(
            ClientTypes.Compile(typeof(Ranged)).Strict.GetProperty("properties").GetRawText(), Is.EqualTo("""{"small":{"type":"integer","minimum":3,"maximum":5}}"""));

    private static JsonSerializerOptions Numeric { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static Gen<string> Candidates(string[] tokens) =>
        from token in Gen.Elements(tokens)
        from places in Gen.Choose(0, 1000).ArrayOf(2)
        from letters in Gen.Elements("0123456789:.-+=AQfgzZT, /".ToCharArray()).ArrayOf(2)
        from ways in Gen.Choose(0, 3).ArrayOf(2)
        select Mutate(Mutate(token, places[0], letters[0], ways[0]), places[1], letters[1], ways[1]);

    // Inside the quotes of a string, else anywhere; what is no JSON any more is refused like anything else.
    private static string Mutate(string token, int place, char letter, int way)
    {
        int from = token.StartsWith('"') ? 1 : 0;
        int length = token.Length - (2 * from);
        int at = from + (length <= 0 ? 0 : place % length);
        return way switch
        {
            1 when length > 0 => string.Concat(token.AsSpan(0, at), $"{letter}", token.AsSpan(at + 1)),
            2 => token.Insert(at, $"{letter}"),
            3 when length > 0 => token.Remove(at, 1),
            _ => token,
        };
    }

    /// <summary>Whether it fits; what fits is read, or the test fails.</summary>
    private static bool Reads(StructuredSchema schema, JsonTypeInfo type, string answer)
    {
        SchemaVerdict verdict = schema.Validate(Encoding.UTF8.GetBytes(answer));
        if (verdict.IsValid)
        {
            Assert.That(() => JsonSerializer.Deserialize(verdict.Json.Span, type), Throws.Nothing, answer);
        }

        return verdict.IsValid;
    }

    internal enum Named
    {
        [JsonStringEnumMemberName("the first")]
        First,
        Second,
    }

    [Flags]
    internal enum Marks
    {
        None = 0,
        A = 1,
        B = 2,
        [JsonStringEnumMemberName("see (it)")]
        C = 8,
    }

    internal readonly record struct Pair(int Number, string Text);

    internal sealed record Built(string Title, int Count = 3)
    {
        public required string Note { get; init; }

        public IReadOnlyList<int> Parts { get; init; } = [];
    }

    internal class Base
    {
        public int X { get; set; }
    }

    internal sealed class Derived : Base
    {
        public string? Y { get; set; }
    }

    internal sealed class Included
    {
        [JsonInclude]
        public int Field;
    }

    internal sealed record Page<T>(List<T> Items);

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    internal abstract record Form;

    internal sealed record Circle(double Radius) : Form;

    internal sealed record Square : Form;

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    internal sealed record Loose(int Count, [property: System.ComponentModel.DataAnnotations.Range(0, 1)] double Share);

    internal sealed record Ranged([property: System.ComponentModel.DataAnnotations.Range(3, 5)] byte Small);

    internal sealed record Everything(
        DateTime At, DateTimeOffset? Offset, DateOnly Day, TimeOnly Time, TimeSpan Span, Guid Id, Uri Link, char Letter, byte[] Data, Version? Version, decimal Price, Int128 Huge, ushort Port,
        Named Named, Marks Marks, Marks? Maybe, HashSet<Guid> Ids, IReadOnlyList<TimeOnly> Times, ImmutableArray<byte> Bytes, Stack<char> Letters, Page<Page<DateOnly?>> Pages, Pair? Pair, Built Built,
        Form Form, Derived? Derived, Tuple<int, Uri> Both, Everything? Next);
}
