using System;
using System.Collections.Generic;
using System.Linq;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Overlays;

/// <summary>A value of a shared enum and its C# name; null leaves the name to the naming rules.</summary>
internal sealed record EnumValueDefinition(string Value, string? Name);

/// <summary>A shared enum: its name, what its values mean, and which values it has.</summary>
internal sealed record EnumDefinition(string Name, string? Description, EquatableArray<EnumValueDefinition> Values);

/// <summary>
/// The shared enums of an <c>enums.overlay.json</c>. They apply to the documents in its folder and below; a project's own definitions win over
/// bundled ones, and
/// those of a deeper folder over those above it.
/// </summary>
/// <param name="Folder">The folder below the specs folder, with a slash at its end; empty for the specs folder itself.</param>
/// <param name="IsBundled">It came with the package.</param>
/// <param name="Definitions">The enums, without those that have a problem.</param>
internal sealed record EnumFile(string Folder, bool IsBundled, EquatableArray<EnumDefinition> Definitions)
{
    private const string Name = "enums";
    private const string Member = "x-klinggen-enums";

    /// <summary>Whether an overlay's target is the name under which shared enums are defined.</summary>
    public static bool IsTarget(string targetKey) => targetKey == Name || targetKey.EndsWith("/" + Name, StringComparison.Ordinal);

    /// <summary>Reads the definitions.</summary>
    /// <param name="file">An overlay whose target is <see cref="IsTarget"/>.</param>
    /// <param name="problems">Receives what is wrong with the file.</param>
    public static EnumFile Read(OverlayFile file, ICollection<SpecDiagnostic> problems)
    {
        var context = new ReadContext(new SpecSource(file.Path, file.TargetKey, file.IsBundled, file.Text, EquatableArray<SpecOverlay>.Empty));
        var definitions = new List<EnumDefinition>();
        if (DocumentReader.Parse(file.Text, 0, context) is { } root)
        {
            if (root.Get(Member) is { Kind: JsonKind.Object } enums)
            {
                foreach (var member in enums.Members)
                {
                    if (ReadDefinition(member.Name, member.Value, context) is { } definition) definitions.Add(definition);
                }
            }
            else if (root.Get("actions") is null)
            {
                context.Report(SpecDiagnosticKind.BadOverlay, root.Head(), 0, "'" + Member + "' is missing: an object with the shared enums by name");
            }
        }

        foreach (var problem in context.Problems) problems.Add(problem);
        return new EnumFile(file.TargetKey.Substring(0, file.TargetKey.Length - Name.Length), file.IsBundled, definitions);
    }

    /// <summary>The order in which definitions are looked up: the project's before bundled ones, deeper folders first.</summary>
    public static EquatableArray<EnumFile> Sort(IEnumerable<EnumFile> files)
        => files.OrderBy(static file => file.IsBundled).ThenByDescending(static file => file.Folder.Length)
        .ThenBy(static file => file.Folder, StringComparer.Ordinal).ToArray();

    /// <summary>The document with the definitions that apply to it.</summary>
    /// <param name="source">The document.</param>
    /// <param name="files">All files, as <see cref="Sort"/> returns them.</param>
    public static SpecSource AddTo(SpecSource source, EquatableArray<EnumFile> files)
    {
        var definitions = new List<EnumDefinition>();
        foreach (var file in files)
        {
            if (source.Key.StartsWith(file.Folder, StringComparison.Ordinal)) definitions.AddRange(file.Definitions);
        }

        return definitions.Count == 0 ? source : source with { Enums = definitions };
    }

    /// <summary>A definition, or null after a report.</summary>
    public static EnumDefinition? ReadDefinition(string name, SpecNode node, ReadContext context)
    {
        if (string.IsNullOrWhiteSpace(name) || node.Get("values") is not { Kind: JsonKind.Array or JsonKind.Object } values)
        {
            context.Report(SpecDiagnosticKind.InvalidConstraint, node,
                "a shared enum needs a name and 'values', as a list or as an object with a C# name for each value");
            return null;
        }

        var entries = new List<EnumValueDefinition>();
        foreach (var item in values.Items) Add(item.Text, null);
        foreach (var item in values.Members) Add(item.Name,
            item.Value.Kind == JsonKind.String && Text.Identifier.IsValid(item.Value.Text) ? item.Value.Text : null);
        return new EnumDefinition(name, node.Get("description") is { Kind: JsonKind.String } description ? description.Text : null, entries);

        void Add(string value, string? valueName)
        {
            if (!entries.Exists(entry => entry.Value == value)) entries.Add(new EnumValueDefinition(value, valueName));
        }
    }
}
