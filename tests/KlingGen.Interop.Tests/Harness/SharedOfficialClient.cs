namespace KlingGen.Interop.Tests.Harness;

/// <summary>Tests of this collection share one process of fal's own client.</summary>
[CollectionDefinition(OfficialClient.Collection)]
public sealed class SharedOfficialClient : ICollectionFixture<OfficialClient>;
