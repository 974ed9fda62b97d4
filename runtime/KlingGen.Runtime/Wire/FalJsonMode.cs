namespace Fal.Wire;

/// <summary>The purpose of the JSON.</summary>
internal enum FalJsonMode
{
    /// <summary>For the server: local media leave holes.</summary>
    Wire,

    /// <summary>For people: media by name, long strings shortened, nothing throws.</summary>
    Display,

    /// <summary>For equality: one string per value, nothing throws.</summary>
    Compare,
}
