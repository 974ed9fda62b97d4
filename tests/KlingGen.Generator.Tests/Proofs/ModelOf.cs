using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Planning;
using Node = KlingGen.Json.SpecNode;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Our reading of a document, with the schema behind each object: the names' places lead back to it.</summary>
internal sealed class ModelOf
{
    private ModelOf(SpecModel model, IReadOnlyList<(string[] Pointer, ObjectModel Type)> objects)
    {
        Model = model;
        Objects = objects;
    }

    public SpecModel Model { get; }

    /// <summary>Where each object stands in the document, and what we made of it.</summary>
    public IReadOnlyList<(string[] Pointer, ObjectModel Type)> Objects { get; }

    public static ModelOf? Read(string key, string text)
    {
        var reading = Pipeline.Read(key, text);
        if (reading.Model is not { } model) return null;
        var pointers = new Dictionary<int, string[]>();
        Index(JsonReader.Read(text).Root!, [], pointers);
        var objects = new List<(string[] Pointer, ObjectModel Type)>();
        foreach (var anchor in reading.Anchors!.Types)
        {
            if (model.Types.FirstOrDefault(type => type.Name == anchor.Name) is ObjectModel type
                && pointers.TryGetValue(anchor.Location.Range.Start, out var pointer)) objects.Add((pointer, type));
        }

        return new ModelOf(model, objects);
    }

    public TypeModel? Find(TypeUse use) => use.Name is null ? null : Model.Types.FirstOrDefault(type => type.Name == use.Name);

    /// <summary>By where an object's title stands, or its brace where it has none.</summary>
    private static void Index(Node node, string[] pointer, Dictionary<int, string[]> pointers)
    {
        if (node.Kind == JsonKind.Object) pointers.TryAdd(node.Get("title")?.Range.Start ?? node.Range.Start, pointer);
        foreach (var member in node.Members) Index(member.Value, [.. pointer, member.Name], pointers);
        for (var i = 0; i < node.Items.Length; i++)
            Index(node.Items[i], [.. pointer, i.ToString(System.Globalization.CultureInfo.InvariantCulture)], pointers);
    }
}
