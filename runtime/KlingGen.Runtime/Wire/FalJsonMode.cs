namespace Fal.Wire;

/// <summary>What the JSON is written for.</summary>
internal enum FalJsonMode
{
    /// <summary>For the server: local media leaves holes.</summary>
    Wire,

    /// <summary>For people: media by name, long texts shortened, nothing throws.</summary>
    Display,

    /// <summary>For equality: one text per value, nothing throws.</summary>
    Compare,
}
