using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares what two sets of documents offer to C# users. Start reading here: endpoints, then types, each sort of type
/// in a file of its own.
/// </summary>
internal sealed class PlanComparison
{
    private readonly Surface _old;
    private readonly Surface _new;
    private readonly TypePairs _pairs;
    private readonly List<Change> _changes = [];

    private PlanComparison(Surface old, Surface @new)
    {
        _old = old;
        _new = @new;
        _pairs = new TypePairs(old, @new);
    }

    /// <summary>All changes: endpoint by endpoint, breaking ones first.</summary>
    public static IReadOnlyList<Change> Compare(Plan old, Plan @new)
    {
        var comparison = new PlanComparison(new Surface(old), new Surface(@new));
        comparison.CompareClients();
        comparison.CompareTypes();
        return
        [
            .. comparison._changes
                .OrderBy(change => change.Endpoints.Count > 0 ? change.Endpoints[0] : "", StringComparer.Ordinal)
                .ThenByDescending(change => change.Class)
                .ThenBy(change => change.Place, StringComparer.Ordinal)
                .ThenBy(change => change.Kind),
        ];
    }

    private void CompareClients()
    {
        foreach (var (id, old) in _old.Clients)
        {
            var changes = new ChangeList(old.Scope.Namespace, old.ClassName, [id]);
            if (_new.Clients.TryGetValue(id, out var @new)) CompareClient(old, @new, changes);
            else changes.Breaking(ChangeKind.EndpointRemoved, $"is gone, with {old.Path}{Types(_old, id)}", old: old.Path);
            _changes.AddRange(changes.Changes);
        }

        foreach (var (id, @new) in _new.Clients)
        {
            if (_old.Clients.ContainsKey(id)) continue;
            var changes = new ChangeList(@new.Scope.Namespace, @new.ClassName, [id]);
            changes.Compatible(ChangeKind.EndpointAdded, $"is new, as {@new.Path}{Types(_new, id)}", @new: @new.Path);
            _changes.AddRange(changes.Changes);
        }
    }

    private void CompareClient(SurfaceClient old, SurfaceClient @new, ChangeList changes)
    {
        if (old.ClassName != @new.ClassName)
        {
            var note = Heir(client => client.ClassName == old.ClassName, old);
            changes.Add(
                ChangeKind.ClientRenamed,
                ChangeClass.Breaking,
                $"is called {@new.ClassName} now",
                old: old.ClassName,
                @new: @new.ClassName,
                note: note);
        }

        if (old.Path != @new.Path)
        {
            var note = Heir(client => client.Path == old.Path, old);
            changes.Add(
                ChangeKind.ClientMoved,
                ChangeClass.Breaking,
                $"is reached by {@new.Path} now, no longer by {old.Path}",
                old: old.Path,
                @new: @new.Path,
                note: note);
        }

        if (_pairs.InNewWords(old.Request, old.Scope) != @new.Request)
            changes.Breaking(ChangeKind.RequestReplaced, $"takes {@new.Request} now, no longer {old.Request}", old: old.Request, @new: @new.Request);
        if (_pairs.InNewWords(old.Result, old.Scope) != @new.Result)
            changes.Breaking(ChangeKind.ResultReplaced, $"gives {@new.Result} now, no longer {old.Result}", old: old.Result, @new: @new.Result);
        changes.Described(old.Endpoint.Summary, @new.Endpoint.Summary, "is described in other words");
    }

    /// <summary>Worse than code that does not compile is code that compiles and runs another endpoint.</summary>
    private string? Heir(Predicate<SurfaceClient> hasIt, SurfaceClient old)
        => _new.Clients.Values.FirstOrDefault(client => client.Scope.Namespace == old.Scope.Namespace && hasIt(client)) is { } heir
            ? $"What was its is that of '{heir.Endpoint.Id}' now: old code may compile and run that endpoint."
            : null;

    private void CompareTypes()
    {
        foreach (var old in _old.Types.Values)
        {
            var users = _old.UsersOf(old.FullName);
            var changes = new ChangeList(old.Scope.Namespace, old.Name, users);
            if (_pairs.NewOf(old) is { } @new) CompareType(old, @new, changes);

            // Types of a removed endpoint alone are removed with it.
            else if (users.Count == 0 || users.Any(_new.Clients.ContainsKey)) changes.Breaking(ChangeKind.TypeRemoved, "is gone");
            _changes.AddRange(changes.Changes);
        }

        foreach (var @new in _new.Types.Values)
        {
            var users = _new.UsersOf(@new.FullName);
            if (_pairs.IsPartner(@new) || (users.Count > 0 && !users.Any(_old.Clients.ContainsKey))) continue;
            var changes = new ChangeList(@new.Scope.Namespace, @new.Name, users);
            changes.Compatible(ChangeKind.TypeAdded, "is new");
            _changes.AddRange(changes.Changes);
        }
    }

    private void CompareType(SurfaceType old, SurfaceType @new, ChangeList changes)
    {
        if (old.Name != @new.Name) changes.Breaking(ChangeKind.TypeRenamed, $"is called {@new.Name} now", old: old.Name, @new: @new.Name);
        changes.Described(old.Model.Summary, @new.Model.Summary, "is described in other words");
        switch (old.Model, @new.Model)
        {
            case (ObjectModel one, ObjectModel other):
                new RecordComparison(old, @new, one, other, _pairs, changes).Run();
                break;
            case (EnumModel one, EnumModel other):
                EnumComparison.Run(old, @new, one, other, changes);
                break;
            case (UnionModel one, UnionModel other):
                UnionComparison.Run(old, @new, one, other, _pairs, changes);
                break;
            default:
                changes.Breaking(
                    ChangeKind.TypeReshaped,
                    $"is {WithArticle(@new.Sort)} now, no longer {WithArticle(old.Sort)}",
                    old: old.Sort,
                    @new: @new.Sort);
                break;
        }
    }

    /// <summary>The types that nothing but this endpoint has.</summary>
    private static string Types(Surface surface, string id)
    {
        string[] own = [.. surface.Types.Values.Where(type => surface.UsersOf(type.FullName) is [var only] && only == id).Select(type => type.Name)];
        return own.Length == 0 ? "" : " and " + string.Join(", ", own);
    }

    private static string WithArticle(string noun) => (noun[0] is 'o' or 'e' ? "an " : "a ") + noun;
}
