using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis.Replies;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DebateReply))]
[JsonSerializable(typeof(FactCheckReply))]
[JsonSerializable(typeof(SentimentReply))]
[JsonSerializable(typeof(RulingsReply))]
internal sealed partial class AnalysisJson : JsonSerializerContext;
