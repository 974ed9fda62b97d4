using Orleans.Runtime;

namespace Fal.Jobs.Orleans;

/// <summary>The owners of leases: the address of the shard's silo, which has the time of its start, and a random part.</summary>
internal static class LeaseOwner
{
    private const string Prefix = "orleans/";

    public static string Create(SiloAddress silo) => $"{Prefix}{silo.ToParsableString()}/{Guid.NewGuid():N}";

    /// <summary>Whether the cluster knows that the owner's silo is dead. The leases of a silo that it does not know last to their end.</summary>
    public static bool IsDead(string owner, ClusterMembershipSnapshot membership)
    {
        if (!owner.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var address = owner[Prefix.Length..].Split('/')[0];
        return membership.GetSiloStatus(SiloAddress.FromParsableString(address)) == SiloStatus.Dead;
    }
}
