using System;
using System.Threading;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Emission;

/// <summary>Turns an exception of an emitter into KLG900 for the one file concerned.</summary>
internal static class EmissionGuard
{
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
            return new EmitResult(WithoutTypes(file, options), file.HintName + ": " + FaultGuard.Describe(ex));
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
}
