using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Diff;

/// <summary>
/// What a set of documents offers to C# users: types and clients under their final names. It is made from the plan from
/// which the generator emits, so that renames by conflict, shared types and overlays are in it.
/// </summary>
internal sealed class Surface
{
    private readonly SortedDictionary<string, SurfaceType> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SurfaceClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _users = new(StringComparer.Ordinal);

    public Surface(Plan plan)
    {
        var options = new EmissionOptions(EmissionOptions.DefaultNamespace, IsPublic: true, "");
        var paths = ClientPath.All(plan);
        foreach (var file in plan.Files.OfType<TypesFileModel>())
        {
            var scope = new EmissionScope(file, options);
            foreach (var type in file.Types)
            {
                var declared = new SurfaceType(type, scope);
                if (declared.IsEmitted) _types.Add(declared.FullName, declared);
            }

            if (file is EndpointFileModel { Endpoint: { } endpoint } own)
            {
                _clients.Add(endpoint.Id, new SurfaceClient(endpoint, own.ClientName, paths[(own.App.Namespace, own.ClientName)], scope));
            }
        }

        foreach (var client in _clients.Values)
        {
            Reach(client.Endpoint.Input, client.Scope, client.Endpoint.Id);
            Reach(client.Endpoint.Output, client.Scope, client.Endpoint.Id);
        }
    }

    /// <summary>By full name.</summary>
    public IReadOnlyDictionary<string, SurfaceType> Types => _types;

    /// <summary>By endpoint id.</summary>
    public IReadOnlyDictionary<string, SurfaceClient> Clients => _clients;

    /// <summary>The endpoints from which a type is reached, in ordinal order; none for the types of a document without paths.</summary>
    public IReadOnlyList<string> UsersOf(string fullName) => _users.TryGetValue(fullName, out var users) ? users : [];

    public SurfaceType? Find(TypeUse use, EmissionScope scope)
        => use.IsNamed && _types.TryGetValue(scope.Namespace + "." + scope.NameOf(use), out var type) ? type : null;

    private void Reach(TypeUse use, EmissionScope scope, string endpoint)
    {
        if (use.Element is not null) Reach(use.Element, scope, endpoint);
        if (Find(use, scope) is not { } type) return;
        if (!_users.TryGetValue(type.FullName, out var users)) _users.Add(type.FullName, users = []);

        // Equal endpoints are adjacent, so comparing with the last one is enough.
        if (users.Count > 0 && users[^1] == endpoint) return;
        users.Add(endpoint);
        foreach (var next in type.Uses) Reach(next, type.Scope, endpoint);
    }
}

/// <summary>An endpoint's client.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="ClassName">The client's class.</param>
/// <param name="Path">How one walks to it: <c>fal.KlingVideo().V1_6.Pro.ImageToVideo</c>.</param>
/// <param name="Scope">The names of its file.</param>
internal sealed record SurfaceClient(EndpointModel Endpoint, string ClassName, string Path, EmissionScope Scope)
{
    public string Request => Whole(Endpoint.Input);

    public string Result => Whole(Endpoint.Output);

    private string Whole(TypeUse use) => ClientEmitter.Whole(use, Scope);
}
