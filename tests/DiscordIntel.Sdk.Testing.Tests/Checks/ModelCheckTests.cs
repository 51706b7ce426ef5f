using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class ModelCheckTests
{
    private const string Tools = """  "tools":[{"type":"function","function":{"name":"f"}}] """;
    private const string Schema = """  "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}} """;

    [TestCase("gpt-6-luna", "\"max_tokens\":50", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter")]
    [TestCase("gpt-6-luna-2026-10-01", "\"max_tokens\":50", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter")]
    [TestCase("gpt-6.2-sol", "\"temperature\":0.7", "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value")]
    [TestCase("gpt-6-luna", "\"temperature\":0", "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value")]
    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"low\",\"temperature\":0.7", "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value")]
    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"low\",\"top_p\":0.5", "Unsupported parameter: 'top_p' is not supported with this model.", "top_p", "unsupported_parameter")]
    [TestCase("gpt-6-luna", "\"logprobs\":true", "Unsupported parameter: 'logprobs' is not supported with this model.", "logprobs", "unsupported_parameter")]
    [TestCase("gpt-6.2-sol", "\"reasoning_effort\":\"none\"", "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', 'high', 'xhigh', and 'max'.", "reasoning_effort", "unsupported_value")]
    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"minimal\"", "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'none', 'low', 'medium', 'high', 'xhigh', and 'max'.", "reasoning_effort", "unsupported_value")]
    [TestCase("gpt-4o-mini", "\"reasoning_effort\":\"low\"", "Unsupported parameter: 'reasoning_effort' is not supported with this model.", "reasoning_effort", "unsupported_parameter")]
    [TestCase("gpt-4o-mini", "\"max_completion_tokens\":999999", "max_completion_tokens is too large: 999999. This model supports at most 16384 completion tokens, whereas you provided 999999.", "max_completion_tokens", "invalid_value")]
    [TestCase("gpt-6-luna", Tools, "Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.", "reasoning_effort", null)]
    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"low\"," + Tools, "Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.", "reasoning_effort", null)]
    [TestCase("gpt-6.1-terra", "\"reasoning_effort\":\"none\"," + Tools, "Function tools with reasoning_effort are not supported for gpt-6.1-terra in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.", "reasoning_effort", null)]
    [TestCase("gpt-audio-1.5", Schema, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs", null, null)]
    public Task Find_WhatTheModelRefuses_Is400(string model, string members, string message, string? param, string? code) =>
        EmulatorClient.AssertRefusedAsync(EmulatorClient.Chat(more: members, model: model), message, param, code);

    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"none\",\"temperature\":0.2,\"top_p\":0.9,\"logprobs\":true,\"max_completion_tokens\":100")]
    [TestCase("gpt-6-luna", "\"reasoning_effort\":\"none\"," + Tools)]
    [TestCase("gpt-5-mini", "\"reasoning_effort\":\"low\"," + Tools)]
    [TestCase("gpt-6-luna", "\"tools\":[]")]
    [TestCase("gpt-6-luna", "\"temperature\":1")]
    [TestCase("gpt-6.2-sol", "\"temperature\":1.0,\"reasoning_effort\":\"low\"")]
    [TestCase("gpt-4o-mini", "\"temperature\":0.7,\"max_tokens\":100")]
    [TestCase("gpt-4o", Schema)]
    [TestCase("emulator", "\"temperature\":0.7,\"max_tokens\":100,\"reasoning_effort\":\"minimal\"")]
    [TestCase("a-model-of-my-own", Schema)]
    public Task Find_WhatTheModelTakes_IsAccepted(string model, string members) =>
        EmulatorClient.AssertAcceptedAsync(EmulatorClient.Chat(more: members, model: model));
}
