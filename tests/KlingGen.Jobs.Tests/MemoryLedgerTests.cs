using Fal.Jobs.Tests.Contract;

namespace Fal.Jobs.Tests;

public sealed class MemoryLedgerTests : LedgerContractTests
{
    protected override Task<IFalLedger> CreateAsync() => Task.FromResult<IFalLedger>(new FalMemoryLedger(Time));
}
