using System;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Specs;

namespace KlingGen.Planning;

/// <summary>A fault of ours stays with the document or the file that met it, and is said.</summary>
internal static class FaultGuard
{
    public static SpecReading Read(Func<SpecSource, SpecReading> read, SpecSource source)
    {
        try
        {
            return read(source);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var problem = new SpecProblem(SpecProblemKind.InternalFault, new SpecPlace(source.Path, default, 0, 0, 0, 0), new[] { source.Key, Describe(fault) });
            return new SpecReading(null, new[] { problem }, null);
        }
    }

    public static EmitResult Emit(Func<FileModel, EmissionOptions, SourceFile> emit, FileModel file, EmissionOptions options)
    {
        try
        {
            return new EmitResult(emit(file, options), null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new EmitResult(WithoutTypes(file, options), file.HintName + ": " + Describe(fault));
        }
    }

    /// <summary>The app's other code names the client, so it is there even if its types could not be written: it takes and gives JSON.</summary>
    private static SourceFile? WithoutTypes(FileModel file, EmissionOptions options)
    {
        if (file is not EndpointFileModel { Endpoint: { } endpoint } whole) return null;
        var json = new TypeUse { Kind = TypeKind.Json };
        return FileEmitter.Emit(whole with { Types = EquatableArray<TypeModel>.Empty, Endpoint = endpoint with { Input = json, Output = json } }, options);
    }

    private static string Describe(Exception fault) => fault.GetType().Name + ": " + fault.Message;
}
