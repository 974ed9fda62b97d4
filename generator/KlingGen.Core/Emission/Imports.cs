using System;

namespace KlingGen.Emission;

/// <summary>The namespaces of an emitted file, in the order of its <c>using</c> lines. Emitters add one where they write a name from it.</summary>
[Flags]
internal enum Imports
{
    None = 0,
    System = 1,
    CodeDomCompiler = 2,
    CollectionsGeneric = 4,
    ComponentModel = 8,
    CodeAnalysis = 16,
    Text = 32,
    TextJson = 64,
    JsonSerialization = 128,
    Fal = 256,
    FalWire = 512,

    /// <summary>What every type with a form on the wire needs.</summary>
    Wire = Fal | FalWire,
}
