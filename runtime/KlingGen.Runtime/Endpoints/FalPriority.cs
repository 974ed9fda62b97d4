namespace Fal;

/// <summary>The priority of a job among the others of its account.</summary>
public enum FalPriority
{
    /// <summary>fal's default order.</summary>
    Normal,

    /// <summary>After all jobs of normal priority.</summary>
    Low,
}
