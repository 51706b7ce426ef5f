using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Providers;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Two calls share a key exactly when they are equal in everything that decides the answer.</summary>
[TestFixture]
internal sealed class CacheKeyProperties
{
    private const string Nonce = "<<<0a>>>";
    private const string OtherNonce = "<<<another, longer one>>>";

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(Calls)])]
    public bool Keys_AnyTwoCalls_AreEqualExactlyWhenTheCallsAre(Call a, Call b) => (Key(a.Parts()) == Key(b.Parts())) == a.Flat().SequenceEqual(b.Flat());

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Calls)])]
    public bool Keys_ACopy_AreEqual(Call call) => Key(call.Parts()) is { } key && key == Key(call.Copy().Parts());

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Calls)])]
    public bool Keys_AnySingleChange_AreAllDifferent(Call call, Piece other)
    {
        // One part is longer by a letter, another text (a look-alike, often), or none.
        Call[] all = [call, .. call.Changes(text => text + "x"), .. call.Changes(_ => other.Text), .. call.Changes(_ => null)];
        return all.Select(one => Key(one.Parts())).Distinct().Count() == all.Select(one => new Values(one.Flat())).Distinct().Count();
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Calls)])]
    public bool Keys_AnotherNonceInTheSamePlaces_AreEqual(NonEmptyArray<Piece> pieces) =>
        Key(Fenced(pieces.Get, Nonce)) is { } key && key == Key(Fenced(pieces.Get, OtherNonce));

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Calls)])]
    public bool Keys_OtherPiecesAroundTheNonce_AreEqualExactlyWhenThePiecesAre(NonEmptyArray<Piece> a, NonEmptyArray<Piece> b) =>
        (Key(Fenced(a.Get, Nonce)) == Key(Fenced(b.Get, OtherNonce))) == a.Get.SequenceEqual(b.Get);

    // The words of one call's nonce, written into a content of another call, are words.
    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Calls)])]
    public bool Keys_ContentThatHoldsAnothersNonce_IsNotTakenForAFence(Piece before, Piece after)
    {
        CacheKeyParts forged = Fenced([new(before.Text + OtherNonce + after.Text)], Nonce);
        return Key(forged) != Key(Fenced([before, after], Nonce)) && Key(forged) != Key(Fenced([before, after], OtherNonce)) && Key(forged) == Key(forged with { Nonce = null });
    }

    [Test]
    public async Task Keys_ThousandLookAlikes_ShareNoEntry()
    {
        string[] glue = [":", "_", "/", "|", "\0", " ", "-", ".", "%3A", ""];
        (CacheKeyParts One, CacheKeyParts Other)[] pairs =
        [
            .. from number in Enumerable.Range(1, 10)
               from left in glue
               from right in glue
               where left != right
               let a = number.ToString(System.Globalization.CultureInfo.InvariantCulture)
               from pair in new[]
               {
                   // Another glue, and the same text cut elsewhere: in the tenant, between the parts, between contents, between messages.
                   (Of($"{a}{left}b", "o", ["x"]), Of($"{a}{right}b", "o", ["x"])),
                   (Of($"{a}{left}", $"b{right}", ["x"]), Of(a, $"{left}b{right}", ["x"])),
                   (Of(a, "o", [$"x{left}", $"y{right}"]), Of(a, "o", [$"x{left}y", right])),
                   (Of(a, "o", [$"x{left}", $"y{right}"]), Of(a, "o", [$"x{left}"], [$"y{right}"])),
               }
               where !Same(pair.Item1, pair.Item2)
               select pair,
        ];
        Assert.That(pairs, Has.Length.GreaterThanOrEqualTo(1000));
        int shared = 0;
        foreach ((CacheKeyParts one, CacheKeyParts other) in pairs)
        {
            // A cache for each pair: what else is kept plays no part.
            var cache = new ReplyCache(TimeProvider.System);
            (await EnterAsync(cache, one))!.Complete(Reply("theirs"));
            Flight? flight = await EnterAsync(cache, other);
            shared += flight is null || Key(one) == Key(other) ? 1 : 0;
            flight?.Complete(null);
        }

        Assert.That(shared, Is.Zero);
    }

    private static async Task<Flight?> EnterAsync(ReplyCache cache, CacheKeyParts parts) =>
        (await cache.EnterAsync(parts.Tenant, Key(parts)!.Value, CacheSamples.Options, TimeSpan.MaxValue, default))!.Value.Flight;

    private static CacheKeyParts Of(string tenant, string operation, params string[][] messages) =>
        Parts([.. messages.Select(contents => new ChatMessage(ChatRole.User, [.. contents.Select(text => new TextContent(text))]))]) with
        {
            Tenant = new TenantGeneration(tenant, 0),
            Operation = operation,
        };

    private static bool Same(in CacheKeyParts a, in CacheKeyParts b) =>
        a.Tenant == b.Tenant && a.Operation == b.Operation && a.Messages.Count == b.Messages.Count
        && a.Messages.Zip(b.Messages).All(pair => pair.First.Contents.Select(Text).SequenceEqual(pair.Second.Contents.Select(Text)));

    private static string Text(AIContent content) => ((TextContent)content).Text;

    private static CacheKeyParts Fenced(Piece[] pieces, string nonce) =>
        Parts(new ChatMessage(ChatRole.User, string.Join(nonce, pieces.Select(piece => piece.Text)))) with { Nonce = nonce };

    /// <summary>A text that holds no nonce.</summary>
    internal sealed record Piece(string Text);

    private sealed class Values(IEnumerable<object?> values) : IEquatable<Values>
    {
        private readonly object?[] _values = [.. values];

        public bool Equals(Values? other) => other is not null && _values.SequenceEqual(other._values);

        public override bool Equals(object? obj) => Equals(obj as Values);

        public override int GetHashCode() => _values.Length;
    }

    /// <summary>A call as plain values, so that the test can tell by itself whether two are equal.</summary>
    internal sealed record Call(
        string Tenant, long Generation, string Provider, string Operation, string? Reader, string? Model, int? Tokens, float? Temperature, string? Effort, string? Schema,
        (string Role, string? Author, string[] Contents)[] Messages)
    {
        public CacheKeyParts Parts() => new()
        {
            Tenant = new TenantGeneration(Tenant, Generation),
            Server = Provider,
            Operation = Operation,
            Reader = Reader,
            Options = new IntelChatOptions
            {
                ModelId = Model, MaxOutputTokens = Tokens, Temperature = Temperature, ReasoningEffort = Effort, ResponseFormat = Schema is null ? null : Format("{}", Schema),
            },
            Messages =
            [
                .. Messages.Select(message => new ChatMessage(new ChatRole(message.Role), [.. message.Contents.Select(text => new TextContent(text))]) { AuthorName = message.Author }),
            ],
        };

        public IEnumerable<object?> Flat() =>
        [
            Tenant, Generation, Provider, Operation, Reader, Model, Tokens, Temperature, Effort, Schema, Messages.Length,
            .. Messages.SelectMany(message => (IEnumerable<object?>)[message.Role, AuthorOf(message.Author), message.Contents.Length, .. message.Contents]),
        ];

        // A message takes a blank author for none.
        private static string? AuthorOf(string? author) => string.IsNullOrWhiteSpace(author) ? null : author;

        public Call Copy() => this with { Tenant = new string(Tenant.AsSpan()), Messages = [.. Messages.Select(message => message with { Contents = [.. message.Contents.Select(text => new string(text.AsSpan()))] })] };

        public IEnumerable<Call> Changes(Func<string?, string?> change)
        {
            yield return this with { Tenant = change(Tenant) ?? "" };
            yield return this with { Generation = Generation + 1 };
            yield return this with { Provider = change(Provider) ?? "" };
            yield return this with { Operation = change(Operation) ?? "" };
            yield return this with { Reader = change(Reader) };
            yield return this with { Model = change(Model) };
            yield return this with { Tokens = Tokens is null ? 0 : null };
            yield return this with { Temperature = Temperature is null ? 0 : null };
            yield return this with { Effort = change(Effort) };
            yield return this with { Schema = change(Schema) };
            yield return this with { Messages = [.. Messages, ("user", null, [])] };
            yield return this with { Messages = [.. Messages, ("user", null, [""])] };
            for (int i = 0; i < Messages.Length; i++)
            {
                (string role, string? author, string[] contents) = Messages[i];
                yield return With(i, (change(role) is { Length: > 0 } other ? other : "x", author, contents));
                yield return With(i, (role, change(author), contents));
                yield return With(i, (role, author, [.. contents, ""]));
                for (int j = 0; j < contents.Length; j++)
                {
                    yield return With(i, (role, author, [.. contents[..j], change(contents[j]) ?? "", .. contents[(j + 1)..]]));
                }
            }
        }

        private Call With(int index, (string, string?, string[]) message) => this with { Messages = [.. Messages[..index], message, .. Messages[(index + 1)..]] };
    }

    internal static class Calls
    {
        // Few and short: equal calls, and calls that differ by a border only, must come up often.
        private static readonly Gen<string> Text = Gen.Elements("", "a", "aa", ":", "a:a", "\0", "\u00e9", "e\u0301", "\ud800", "\ud801", "\ufffd", "\udc00", "\ud83d\ude00", "<<<>>>");
        private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant((string?)null), Text.Select(text => (string?)text));

        public static Arbitrary<Piece> Pieces() => Text.Select(text => new Piece(text)).ToArbitrary();

        public static Arbitrary<Call> All() => Arb.From(Gen.Sized(size =>
            from tenant in Common("t")
            from generation in Gen.Elements(0L, 0L, 1L)
            from provider in Common("p")
            from operation in Common("o")
            from reader in Gen.Elements(null, null, "", "r")
            from model in Gen.Elements("m", "m", null, "")
            from tokens in Gen.Elements<int?>(null, null, 0, 1)
            from temperature in Gen.Elements<float?>(null, null, 0, 1)
            from effort in Gen.Elements(null, null, "", "low")
            from schema in Gen.Elements(null, null, "", "s")
            from messages in Message.ArrayOf(2)
            select new Call(tenant, generation, provider, operation, reader, model, tokens, temperature, effort, schema, messages)));

        private static Gen<(string, string?, string[])> Message =>
            from role in Gen.Elements("user", "user", "system")
            from author in Gen.Frequency((3, Gen.Constant((string?)null)), (1, Maybe))
            from count in Gen.Elements(0, 1, 1, 2)
            from contents in Text.ArrayOf(count)
            select (role, author, contents);

        private static Gen<string> Common(string usual) => Gen.Frequency((4, Gen.Constant(usual)), (1, Text));
    }
}
