namespace Fal;

/// <summary>The place a job takes among the others of its account.</summary>
public enum FalPriority
{
    /// <summary>fal's usual order.</summary>
    Normal,

    /// <summary>After everything of normal priority.</summary>
    Low,
}
