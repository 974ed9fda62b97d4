using System.Text.Json.Serialization;

namespace Fal;

/// <summary>JSON metadata of the platform API. Unknown properties are skipped, and numbers are exact decimals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FalModel))]
[JsonSerializable(typeof(FalBillingEvent))]
[JsonSerializable(typeof(FalUsageRow))]
[JsonSerializable(typeof(FalUsageBucket))]
[JsonSerializable(typeof(FalAnalyticsBucket))]
[JsonSerializable(typeof(FalAccountBilling))]
[JsonSerializable(typeof(AccessJson))]
[JsonSerializable(typeof(SignedUrlJson))]
[JsonSerializable(typeof(SettingsJson))]
[JsonSerializable(typeof(PayloadDeletions))]
[JsonSerializable(typeof(FalPlatformMeta))]
internal sealed partial class PlatformModelJson : JsonSerializerContext;
