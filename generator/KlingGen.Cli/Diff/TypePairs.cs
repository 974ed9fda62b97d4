using System.Text.RegularExpressions;
using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Maps old types to new ones. A name that still exists is mapped to itself, because that is what old code
/// gets; a type whose name was removed is searched at the properties that used it.
/// </summary>
internal sealed partial class TypePairs
{
    private readonly Surface _old;
    private readonly Surface _new;
    private readonly Dictionary<string, SurfaceType> _newByOld = new(StringComparer.Ordinal);
    private readonly HashSet<string> _partners = new(StringComparer.Ordinal);
    private readonly HashSet<(string Old, string New)> _walked = [];

    public TypePairs(Surface old, Surface @new)
    {
        _old = old;
        _new = @new;
        Conversions = new Conversions(@new);
        foreach (var name in old.Types.Keys)
        {
            if (@new.Types.TryGetValue(name, out var same)) Pair(name, same);
        }

        foreach (var (id, client) in old.Clients)
        {
            if (!@new.Clients.TryGetValue(id, out var other)) continue;
            Walk(client.Endpoint.Input, client.Scope, other.Endpoint.Input, other.Scope);
            Walk(client.Endpoint.Output, client.Scope, other.Endpoint.Output, other.Scope);
        }

        // What no endpoint leads to is reached from types of one name.
        foreach (var (name, type) in old.Types)
        {
            if (@new.Types.TryGetValue(name, out var same)) Walk(type, same);
        }
    }

    public Conversions Conversions { get; }

    public SurfaceType? NewOf(SurfaceType old) => _newByOld.GetValueOrDefault(old.FullName);

    public bool IsPartner(SurfaceType @new) => _partners.Contains(@new.FullName);

    /// <summary>
    /// An old type's text with the types in it called as they are called now, so that a renamed type is one change and
    /// not one per use.
    /// </summary>
    public string InNewWords(string text, EmissionScope scope)
        => Identifiers().Replace(
            text,
            word => _newByOld.TryGetValue(scope.Namespace + "." + word.Value, out var partner) ? partner.Name : word.Value);

    /// <summary>The shapes of a new choice.</summary>
    public IEnumerable<BranchModel> BranchesOf(TypeUse @new, EmissionScope scope)
        => _new.Find(@new, scope)?.Model is UnionModel union ? union.Branches : [];

    private void Pair(string oldName, SurfaceType @new)
    {
        _newByOld[oldName] = @new;
        _partners.Add(@new.FullName);
    }

    private void Walk(TypeUse old, EmissionScope oldScope, TypeUse @new, EmissionScope newScope)
    {
        if (old.Element is { } oldElement && @new.Element is { } newElement) Walk(oldElement, oldScope, newElement, newScope);
        if (_old.Find(old, oldScope) is { } one && _new.Find(@new, newScope) is { } other) Walk(one, other);
    }

    private void Walk(SurfaceType old, SurfaceType @new)
    {
        if (!_walked.Add((old.FullName, @new.FullName))) return;

        // Several old types may have become one.
        if (!_newByOld.ContainsKey(old.FullName) && old.Model.GetType() == @new.Model.GetType() && !_old.Types.ContainsKey(@new.FullName))
            Pair(old.FullName, @new);
        switch (old.Model, @new.Model)
        {
            case (ObjectModel one, ObjectModel other):
                foreach (var property in one.Properties)
                {
                    if (other.Properties.FirstOrDefault(candidate => candidate.WireName == property.WireName) is { } match)
                        Walk(property.Type, old.Scope, match.Type, @new.Scope);
                }

                break;
            case (UnionModel one, UnionModel other):
                foreach (var branch in one.Branches)
                {
                    if (other.Branches.FirstOrDefault(candidate => candidate.Type.Kind == branch.Type.Kind) is { } match)
                        Walk(branch.Type, old.Scope, match.Type, @new.Scope);
                }

                break;
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Identifiers();
}
