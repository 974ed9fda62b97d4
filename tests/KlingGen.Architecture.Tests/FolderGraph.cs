using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace KlingGen.Architecture.Tests;

/// <summary>A top-level type and the folder of the project in which it is written.</summary>
internal sealed record FolderType(string Folder, string Namespace, string Name);

/// <summary>A type of one folder that refers to a type of another folder of the same project.</summary>
internal sealed record FolderEdge(string Folder, string Uses, string Type, string UsedType);

/// <summary>Which folders of a project refer to which others, read from its compiled assembly and the source paths in its symbols.</summary>
internal static class FolderGraph
{
    /// <summary>The folder of files that lie beside the project file.</summary>
    public const string Root = "(root)";

    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>Every reference between two folders below <paramref name="project"/>, a path such as <c>runtime/KlingGen.Runtime</c>.</summary>
    public static IReadOnlyList<FolderEdge> Edges(string assemblyPath, string project)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assemblyPath, ".pdb")));
        var metadata = image.GetMetadataReader();
        var references = new TypeReferences(image);
        var folders = Folders(metadata, symbols.GetMetadataReader(), references, project);
        return
        [
            .. from type in folders
               from used in references.Of(type.Key)
               where folders.ContainsKey(used)
               from pair in Pairs(type.Value, folders[used])
               orderby pair.Folder, pair.Uses
               select new FolderEdge(pair.Folder, pair.Uses, Name(metadata, type.Key), Name(metadata, used)),
        ];
    }

    /// <summary>The top-level types that are written in the project: neither linked files of other projects nor emitted code.</summary>
    public static IReadOnlyList<FolderType> Types(string assemblyPath, string project)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assemblyPath, ".pdb")));
        var metadata = image.GetMetadataReader();
        var folders = Folders(metadata, symbols.GetMetadataReader(), new TypeReferences(image), project);
        return
        [
            .. folders.Select(type => new FolderType(type.Value.Order().First(), Namespace(metadata, type.Key), Name(metadata, type.Key)))
                .OrderBy(type => type.Name, StringComparer.Ordinal),
        ];
    }

    // A partial type belongs to every folder that has a part of it, so its parts refer to each other.
    private static IEnumerable<(string Folder, string Uses)> Pairs(HashSet<string> from, HashSet<string> to)
        => from folder in @from from uses in to where folder != uses select (folder, uses);

    private static Dictionary<TypeDefinitionHandle, HashSet<string>> Folders(
        MetadataReader metadata, MetadataReader symbols, TypeReferences references, string project)
    {
        var folders = new Dictionary<TypeDefinitionHandle, HashSet<string>>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var paths = Documents(metadata, symbols, handle)
                .Select(document => FolderOf(symbols.GetString(symbols.GetDocument(document).Name), project));
            foreach (var folder in paths.OfType<string>())
            {
                var outer = references.Outermost(handle);
                if (!folders.TryGetValue(outer, out var known)) folders.Add(outer, known = []);
                known.Add(folder);
            }
        }
        return folders;
    }

    private static IEnumerable<DocumentHandle> Documents(MetadataReader metadata, MetadataReader symbols, TypeDefinitionHandle type)
    {
        foreach (var method in metadata.GetTypeDefinition(type).GetMethods())
        {
            var information = symbols.GetMethodDebugInformation(method);
            if (!information.Document.IsNil) yield return information.Document;
            else if (!information.SequencePointsBlob.IsNil) yield return information.GetSequencePoints().First().Document;
        }
        // Types without a line of executable code, such as enums and interfaces, name their documents here.
        foreach (var information in symbols.GetCustomDebugInformation(type).Select(symbols.GetCustomDebugInformation))
        {
            if (symbols.GetGuid(information.Kind) != TypeDefinitionDocuments) continue;
            var blob = symbols.GetBlobReader(information.Value);
            while (blob.RemainingBytes > 0) yield return MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
        }
    }

    private static string? FolderOf(string path, string project)
    {
        path = path.Replace('\\', '/');
        var start = path.LastIndexOf($"/{project}/", StringComparison.Ordinal);
        if (start < 0) return null;
        var inside = path[(start + project.Length + 2)..];
        if (inside.StartsWith("obj/", StringComparison.Ordinal)) return null;
        return inside.Contains('/', StringComparison.Ordinal) ? inside[..inside.LastIndexOf('/')] : Root;
    }

    private static string Namespace(MetadataReader metadata, TypeDefinitionHandle handle)
        => metadata.GetString(metadata.GetTypeDefinition(handle).Namespace);

    private static string Name(MetadataReader metadata, TypeDefinitionHandle handle) => metadata.GetString(metadata.GetTypeDefinition(handle).Name);
}
