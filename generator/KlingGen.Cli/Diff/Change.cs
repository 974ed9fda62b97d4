namespace KlingGen.Cli.Diff;

/// <summary>What a change means for code that was written against the old types. docs/CLI.md defines the words.</summary>
internal enum ChangeClass
{
    /// <summary>Only texts differ.</summary>
    Documentation,

    /// <summary>Old code compiles without a new warning about types, and nothing that it sends is refused.</summary>
    Compatible,

    /// <summary>Old code may not compile, or may be refused before anything is sent.</summary>
    Breaking,
}

internal enum ChangeKind
{
    EndpointAdded,
    EndpointRemoved,
    ClientRenamed,
    ClientMoved,
    RequestReplaced,
    ResultReplaced,
    TypeAdded,
    TypeRemoved,
    TypeRenamed,
    TypeReshaped,
    BaseLost,
    BaseGained,
    MemberAdded,
    MemberRemoved,
    MemberRenamed,
    MemberRetyped,
    MemberBecameRequired,
    MemberBecameOptional,
    ResultMayBeNull,
    ResultNeverNull,
    WireNameChanged,
    Deprecated,
    DeprecationLifted,
    DefaultAdded,
    DefaultRemoved,
    DefaultChanged,
    DefaultRetyped,
    ExampleAdded,
    ExampleRemoved,
    ExampleChanged,
    ConstraintTightened,
    ConstraintLoosened,
    ConstraintDescribed,
    RuleAdded,
    RuleRemoved,
    EnumOpened,
    EnumClosed,
    ValueAdded,
    ValueRemoved,
    ValueRenamed,
    ValueRewired,
    NumbersShifted,
    BranchAdded,
    BranchRemoved,
    BranchRenamed,
    BranchesReordered,
    RecognitionChanged,
    Described,
}

/// <summary>One difference between what would have been emitted and what would be.</summary>
internal sealed record Change
{
    public required ChangeKind Kind { get; init; }

    public required ChangeClass Class { get; init; }

    /// <summary>The namespace of the type or client.</summary>
    public required string Namespace { get; init; }

    /// <summary>The type by its old name; its new one if it is new. A client for what concerns an endpoint.</summary>
    public required string Type { get; init; }

    /// <summary>The member by its old C# name, an enum's value, or a branch of a choice.</summary>
    public string? Member { get; init; }

    public string? WireName { get; init; }

    /// <summary>The endpoints by which the type is reached.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public string? Old { get; init; }

    public string? New { get; init; }

    /// <summary>The limit concerned, by its word in JSON Schema or in fal's documents.</summary>
    public string? Limit { get; init; }

    /// <summary>What changed, as a sentence that follows the member's name.</summary>
    public required string Message { get; init; }

    /// <summary>The effect at run time or in a strict build, although the code compiles.</summary>
    public string? Note { get; init; }

    /// <summary>The C# name concerned.</summary>
    public string Place => Member is null ? Type : Type + "." + Member;
}
