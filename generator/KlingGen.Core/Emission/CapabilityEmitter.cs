using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Prints the interfaces that requests and results of several endpoints have in common, and their explicit implementations, which cost no names.
/// </summary>
internal static class CapabilityEmitter
{
    /// <summary>The interfaces, each after a comma.</summary>
    public static string Interfaces(ObjectModel model)
    {
        var names = new List<string>();
        foreach (var capability in model.Capabilities) names.Add("IHas" + capability.Capability + "<" + model.Name + ">");
        if (IsVideoRequest(model)) names.Add("IFalVideoRequest<" + model.Name + ">");
        if (IsImageToVideoRequest(model)) names.Add("IFalImageToVideoRequest<" + model.Name + ">");
        if (IsVideoResult(model)) names.Add("IFalVideoResult");
        return names.Count == 0 ? "" : ", " + string.Join(", ", names);
    }

    public static void Write(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        foreach (var mark in model.Capabilities) WriteCapability(writer, mark.Capability, Find(model, mark.Capability)!, model, scope);
        if (IsVideoRequest(model))
        {
            var prompt = Name(model, Capability.Prompt);
            writer.Line();
            writer.Line($"static {model.Name} IFalVideoRequest<{model.Name}>.Create(string prompt) => new() {{ {prompt} = prompt }};");
        }

        if (IsImageToVideoRequest(model))
        {
            var (prompt, frame) = (Name(model, Capability.Prompt), Name(model, Capability.StartFrame));
            writer.Line();
            writer.Line($"static {model.Name} IFalImageToVideoRequest<{model.Name}>.Create(string prompt, FalMedia startFrame)");
            writer.Indent();
            writer.Line($"=> new() {{ {prompt} = prompt, {frame} = startFrame }};");
            writer.Unindent();
        }

        if (IsVideoResult(model))
        {
            writer.Line();
            writer.Line("FalFile IFalVideoResult.Video => Video;");
        }
    }

    private static void WriteCapability(SourceWriter writer, Capability capability, PropertyModel property, ObjectModel model, EmissionScope scope)
    {
        var type = capability switch
        {
            Capability.StartFrame or Capability.EndFrame => "FalMedia?",
            Capability.Duration => "TimeSpan?",
            Capability.Audio => "bool?",
            _ => "string?",
        };
        if (capability == Capability.Duration) scope.Import(Imports.System);
        var name = capability.ToString();
        var owner = $"IHas{name}<{model.Name}>";
        writer.Line();
        writer.Line($"{type} {owner}.{name} => {Get(capability, property, scope)};");
        writer.Line();
        var setter = Identifier.Escape(property.Name) + " = " + Set(capability, property, scope);
        writer.Line($"{model.Name} {owner}.With{name}({type} value) => this with {{ {setter} }};");
    }

    private static string Get(Capability capability, PropertyModel property, EmissionScope scope)
    {
        var name = Identifier.Escape(property.Name);
        return capability switch
        {
            Capability.Duration => $"{scope.Table(property.Type)}.DurationOf({name})",
            Capability.AspectRatio when property.Type.Kind == TypeKind.TextEnum => $"{scope.Table(property.Type)}.WireOf({name})",
            _ => name,
        };
    }

    private static string Set(Capability capability, PropertyModel property, EmissionScope scope)
    {
        var value = capability switch
        {
            Capability.Duration => $"{scope.Table(property.Type)}.FromDuration(value)",
            Capability.AspectRatio when property.Type.Kind == TypeKind.TextEnum => $"{scope.Table(property.Type)}.FromWire(value)",
            _ => "value",
        };
        if (EmissionScope.IsNullable(property)) return value;
        scope.Import(Imports.System);
        var message = Literal.String("The endpoint requires '" + property.WireName + "'.");
        return value + " ?? throw new ArgumentNullException(nameof(value), " + message + ")";
    }

    private static bool IsVideoRequest(ObjectModel model)
        => Has(model, Capability.Prompt) && Has(model, Capability.Duration) && NeedsOnly(model, Capability.Prompt, Capability.Prompt);

    private static bool IsImageToVideoRequest(ObjectModel model)
        => Has(model, Capability.Prompt) && Has(model, Capability.Duration) && Has(model, Capability.StartFrame)
            && NeedsOnly(model, Capability.Prompt, Capability.StartFrame);

    /// <summary>The whole answer has a file that is called <c>video</c>.</summary>
    private static bool IsVideoResult(ObjectModel model)
    {
        if ((model.Role & TypeRole.OutputRoot) == 0) return false;
        foreach (var property in model.Properties)
        {
            var isVideo = property is { WireName: "video", Name: "Video", IsRequired: true, IsDeprecated: false };
            if (isVideo && property.Type is { Kind: TypeKind.File, IsNullable: false }) return true;
        }

        return false;
    }

    private static bool NeedsOnly(ObjectModel model, Capability first, Capability second)
    {
        foreach (var property in model.Properties)
        {
            if (!property.IsRequired || property.IsFixed || property.IsDeprecated) continue;
            if (Find(model, first) != property && Find(model, second) != property) return false;
        }

        return true;
    }

    private static bool Has(ObjectModel model, Capability capability) => Find(model, capability) is not null;

    private static string Name(ObjectModel model, Capability capability) => Identifier.Escape(Find(model, capability)!.Name);

    private static PropertyModel? Find(ObjectModel model, Capability capability)
    {
        foreach (var mark in model.Capabilities)
        {
            if (mark.Capability != capability) continue;
            foreach (var property in model.Properties)
            {
                if (property.WireName == mark.WireName) return property;
            }
        }

        return null;
    }
}
