using System;
using System.Threading;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Specs;

namespace KlingGen.Planning;

/// <summary>Turns an exception of the reader or an emitter into KLG900 for the one document or file concerned.</summary>
internal static class FaultGuard
{
    public static SpecReading Read(
        Func<SpecSource, CancellationToken, SpecReading> read, SpecSource source, CancellationToken cancellation = default)
    {
        try
        {
            return read(source, cancellation);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            var place = new SpecPlace(source.Path, default, 0, 0, 0, 0);
            var problem = new SpecProblem(SpecProblemKind.InternalFault, place, new[] { source.Key, Describe(ex) });
            return new SpecReading(null, new[] { problem }, null);
        }
    }

    public static EmitResult Emit(
        Func<FileModel, EmissionOptions, CancellationToken, SourceFile> emit,
        FileModel file,
        EmissionOptions options,
        CancellationToken cancellation = default)
    {
        try
        {
            return new EmitResult(emit(file, options, cancellation), null);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            return new EmitResult(WithoutTypes(file, options), file.HintName + ": " + Describe(ex));
        }
    }

    /// <summary>The app's other code names the client, so it is there even if its types could not be written: it takes and gives JSON.</summary>
    private static SourceFile? WithoutTypes(FileModel file, EmissionOptions options)
    {
        if (file is not EndpointFileModel { Endpoint: { } endpoint } whole) return null;
        var json = new TypeUse { Kind = TypeKind.Json };
        return FileEmitter.Emit(
            whole with { Types = EquatableArray<TypeModel>.Empty, Endpoint = endpoint with { Input = json, Output = json } },
            options);
    }

    private static string Describe(Exception ex) => ex.GetType().Name + ": " + ex.Message;
}
