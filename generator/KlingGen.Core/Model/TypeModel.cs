using System;

namespace KlingGen.Model;

/// <summary>In which direction a type travels. It decides how open the type is: see docs/DECISIONS.md.</summary>
[Flags]
internal enum TypeRole
{
    None = 0,
    Input = 1,
    Output = 2,

    /// <summary>It is the whole answer of some endpoint, and so carries the raw JSON.</summary>
    OutputRoot = 4,

    /// <summary>It is the whole request of some endpoint, and so can carry members that the document does not know.</summary>
    InputRoot = 8,
}

/// <summary>A type that is declared in the emitted code.</summary>
internal abstract record TypeModel
{
    /// <summary>The C# name; final unless two documents of one app mean different things by it.</summary>
    public required string Name { get; init; }

    /// <summary>The name does not come from fal but from the member that holds the value, and so yields where both want the same.</summary>
    public bool IsDerivedName { get; init; }

    public required TypeRole Role { get; init; }

    /// <summary>A digest of everything that makes the type what it is, except its documentation. Equal digests share one C# type.</summary>
    public ulong Shape { get; init; }

    public required string? Summary { get; init; }
}

internal sealed record ObjectModel : TypeModel
{
    public required EquatableArray<PropertyModel> Properties { get; init; }

    public required EquatableArray<CrossFieldRule> Rules { get; init; }

    /// <summary>What the object offers under a name that other endpoints share, in the order of <see cref="Capability"/>.</summary>
    public EquatableArray<CapabilityModel> Capabilities { get; init; } = EquatableArray<CapabilityModel>.Empty;

    /// <summary>The object looks like fal's file, so the emitted record derives from the runtime's.</summary>
    public required bool IsFile { get; init; }

    /// <summary>The document admits members beside the described ones.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The record keeps members that the document does not describe, and writes them again.</summary>
    public bool HasExtra => IsOpen || (Role & TypeRole.InputRoot) != 0;

    /// <summary>An example request: that of fal's page, or one assembled from the examples of its properties.</summary>
    public required ValueModel? Example { get; init; }

    public bool HasDeprecatedMember
    {
        get
        {
            foreach (var property in Properties)
            {
                if (property.IsDeprecated) return true;
            }

            return false;
        }
    }
}

/// <summary>What requests of several endpoints have in common, under names of their own.</summary>
internal enum Capability
{
    Prompt,
    NegativePrompt,
    StartFrame,
    EndFrame,
    Duration,
    Audio,
    AspectRatio,
}

/// <param name="Capability">What the property is.</param>
/// <param name="WireName">The property.</param>
internal sealed record CapabilityModel(Capability Capability, string WireName);

internal sealed record PropertyModel
{
    public required string WireName { get; init; }

    public required string Name { get; init; }

    public required TypeUse Type { get; init; }

    public required bool IsRequired { get; init; }

    public required bool IsDeprecated { get; init; }

    /// <summary>There is one permitted value, and it is always sent.</summary>
    public bool IsFixed => FixedValue is not null;

    /// <summary>The C# name of that value.</summary>
    public required string? FixedValue { get; init; }

    public required string? Summary { get; init; }

    /// <summary>What the server uses when the member is not sent.</summary>
    public required ValueModel? Default { get; init; }
}

internal enum EnumKind
{
    Text,
    Integer,
    Number,
}

internal sealed record EnumModel : TypeModel
{
    public required EnumKind Kind { get; init; }

    /// <summary>The name is shared on purpose: in an app of several documents the enum is in the shared file.</summary>
    public required bool IsShared { get; init; }

    public required EquatableArray<EnumValueModel> Values { get; init; }

    /// <summary>The member whose values these are, for the documentation: <c>Owner.Member</c>.</summary>
    public required string? Owner { get; init; }
}

/// <param name="Name">The C# name.</param>
/// <param name="Wire">The text on the wire; for numbers, the number as written.</param>
internal sealed record EnumValueModel(string Name, string Wire);

internal sealed record UnionModel : TypeModel
{
    public required EquatableArray<BranchModel> Branches { get; init; }

    /// <summary>The discriminator property, if the document has one.</summary>
    public required string? Discriminator { get; init; }

    public required string? Owner { get; init; }
}

/// <param name="Name">What the branch is called in <c>TryGet…</c> and <c>Match</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Tag">The discriminator's text for this branch, if the union has one.</param>
/// <param name="RequiredMembers">The wire names that an object of this branch must have; they tell objects apart.</param>
/// <param name="OwnMembers">
/// The wire names that only objects of this branch have. Empty where the required members decide: then no other branch can take its objects.
/// </param>
internal sealed record BranchModel(
    string Name, TypeUse Type, string? Tag, EquatableArray<string> RequiredMembers, EquatableArray<string> OwnMembers);
