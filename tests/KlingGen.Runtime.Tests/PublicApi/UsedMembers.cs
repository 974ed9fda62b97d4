using System.Reflection;

namespace Fal.Tests.PublicApi;

/// <summary>
/// What the code of one assembly uses of another: every method that it calls or takes the address of, every field that
/// it reads or writes.
/// </summary>
internal static class UsedMembers
{
    private const int MemberReferences = 0x0A000000;

    public static HashSet<(Module Module, int Token)> Of(Assembly user)
    {
        var used = new HashSet<(Module, int)>();
        foreach (var module in user.GetModules())
            for (var row = 1; Resolve(module, MemberReferences + row, out var member); row++)
                if (member is not null) used.Add((member.Module, Definition(member).MetadataToken));
        return used;
    }

    // False behind the end of the table; null for a reference that only means something inside a generic method.
    private static bool Resolve(Module module, int token, out MemberInfo? member)
    {
        try
        {
            member = module.ResolveMember(token);
        }
        catch (ArgumentOutOfRangeException)
        {
            member = null;
            return false;
        }
        catch (Exception ex) when (ex is ArgumentException or BadImageFormatException or TypeLoadException)
        {
            member = null;
        }

        return true;
    }

    private static MemberInfo Definition(MemberInfo member) =>
        member is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } method ? method.GetGenericMethodDefinition() : member;
}
