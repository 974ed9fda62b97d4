using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Reads <c>x-klinggen-capabilities</c> of an overlay: which property of a request is the prompt, the first frame, the duration and so on. Emitted
/// requests implement the runtime's interfaces by it.
/// </summary>
internal static class CapabilityReader
{
    private const string Keyword = "x-klinggen-capabilities";

    // In the order of Capability.
    private static readonly string[] Names = { "prompt", "negative-prompt", "start-frame", "end-frame", "duration", "audio", "aspect-ratio" };

    public static EquatableArray<CapabilityModel> Read(SpecNode schema, ObjectModel model, SchemaReader types, ReadContext context)
    {
        if (schema.Get(Keyword) is not { } marks) return EquatableArray<CapabilityModel>.Empty;
        if (marks.Kind != JsonKind.Object)
        {
            context.Report(SpecDiagnosticKind.InvalidConstraint, marks, "'" + Keyword + "' must be an object of capability and property");
            return EquatableArray<CapabilityModel>.Empty;
        }

        var found = new List<CapabilityModel>();
        foreach (var mark in marks.Members)
        {
            if (FaultOf(mark, model, types) is { } fault) context.Report(SpecDiagnosticKind.InvalidConstraint, mark.Value, fault);
            else found.Add(new CapabilityModel((Capability)System.Array.IndexOf(Names, mark.Name), mark.Value.Text));
        }

        found.Sort(static (a, b) => a.Capability.CompareTo(b.Capability));
        return found;
    }

    private static string? FaultOf(JsonMember mark, ObjectModel model, SchemaReader types)
    {
        var index = System.Array.IndexOf(Names, mark.Name);
        if (index < 0) return "'" + Keyword + "' knows " + string.Join(", ", Names) + ", and not '" + Text.Characters.Show(mark.Name) + "'";
        if (mark.Value.Kind != JsonKind.String) return "'" + Keyword + "' must name a property for '" + mark.Name + "'";
        foreach (var property in model.Properties)
        {
            if (property.WireName != mark.Value.Text) continue;
            return Fits((Capability)index, property, types) ? null : "'" + property.WireName + "' has no type that can be the '" + mark.Name + "'";
        }

        return "'" + Keyword + "' names '" + Text.Characters.Show(mark.Value.Text) + "', which is no property";
    }

    private static bool Fits(Capability capability, PropertyModel property, SchemaReader types) => capability switch
    {
        Capability.Prompt or Capability.NegativePrompt => property.Type.Kind == TypeKind.Text,
        Capability.StartFrame or Capability.EndFrame => property.Type.Kind == TypeKind.Media,
        Capability.Audio => property.Type.Kind == TypeKind.Boolean,
        Capability.AspectRatio => property.Type.Kind is TypeKind.Text or TypeKind.TextEnum,
        _ => types.Find(property.Type) is EnumModel model && DurationEnum.IsSeconds(model),
    };
}
