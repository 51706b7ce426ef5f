using System.Text;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ErrorReaderTests
{
    [TestCase("""{"error":{"message":"m","type":"t","param":"p","code":"c"}}""", "m", "c", "t", "p")]
    [TestCase("""{"error":{"message":"m","code":402}}""", "m", "402", null, null)]
    [TestCase("""{"error":{"message":"m","code":1.5}}""", "m", "1.5", null, null)]
    [TestCase("""{"error":"m"}""", "m", null, null, null)]
    [TestCase("""{"message":"m","code":"c"}""", "m", "c", null, null)]
    [TestCase("""{"detail":"m"}""", "m", null, null, null)]
    [TestCase("""{"error":{"message":null,"type":[],"code":{}}}""", null, null, null, null)]
    [TestCase("""{"error":{"code":403,"message":"m","metadata":{"reasons":["x"],"flagged_input":"y"}}}""", "m", "content_filter", null, null)]
    [TestCase("""{"error":{"code":403,"message":"m","metadata":{"provider_name":"x"}}}""", "m", "403", null, null)]
    [TestCase("""{"error":{"message":"half \ud83d"}}""", "half \ufffd", null, null, null)]
    [TestCase("""{"\ud800":1,"error":{"\ud800":1,"message":"m","metadata":{"\ud800":1}}}""", "m", null, null, null)]
    [TestCase("""{"error":null}""", null, null, null, null)]
    [TestCase("<html>502</html>", null, null, null, null)]
    [TestCase("", null, null, null, null)]
    [TestCase("[]", null, null, null, null)]
    public void Read_Shape_GivesWhatItSays(string body, string? message, string? code, string? type, string? param)
    {
        ProviderFault fault = ErrorReader.Read(Encoding.UTF8.GetBytes(body), new ProviderFault { Status = 418, RequestId = "r" });

        Assert.That((fault.Message, fault.Code, fault.Type, fault.Param), Is.EqualTo((message, code, type, param)));
        Assert.That((fault.Status, fault.RequestId), Is.EqualTo((418, "r")), "what the head said stays");
    }

    [Test]
    public void Read_BytesThatAreNotUtf8_StillGiveTheSentence() =>
        Assert.That(
            ErrorReader.Read(Encoding.Latin1.GetBytes("""{"error":{"message":"clé refusée","code":"invalid_api_key"}}"""), new ProviderFault()).Code,
            Is.EqualTo("invalid_api_key"));
}
