using System.Buffers.Binary;
using System.Text;

namespace Fal.Emulation;

/// <summary>Writer of 3D models as binary glTF (GLB): a pyramid with three sides.</summary>
internal static class ModelWriter
{
    private static readonly float[] Corners = [0, 1, 0, -1, -1, 1, 1, -1, 1, 0, -1, -1];
    private static readonly ushort[] Triangles = [0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2];

    public static byte[] Write(Colour colour)
    {
        var binary = new byte[4 * Corners.Length + 2 * Triangles.Length];
        for (var i = 0; i < Corners.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(binary.AsSpan(4 * i), Corners[i]);
        for (var i = 0; i < Triangles.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(binary.AsSpan(4 * Corners.Length + 2 * i), Triangles[i]);
        var json = Encoding.ASCII.GetBytes(Describe(colour, binary.Length));
        // A chunk is padded to four bytes, the JSON chunk with spaces.
        var length = 12 + 8 + json.Length + 8 + binary.Length;
        return
        [
            .. "glTF"u8, .. Words(2, length),
            .. Words(json.Length), .. "JSON"u8, .. json,
            .. Words(binary.Length), .. "BIN\0"u8, .. binary,
        ];
    }

    private static string Describe(Colour colour, int binaryLength)
    {
        var points = 4 * Corners.Length;
        var text = FormattableString.Invariant($$$"""
            {"asset":{"version":"2.0","generator":"KlingGen.Emulator"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1,"material":0}]}],
            "materials":[{"doubleSided":true,"pbrMetallicRoughness":
            {"baseColorFactor":[{{{colour.Red / 255.0:0.###}}},{{{colour.Green / 255.0:0.###}}},{{{colour.Blue / 255.0:0.###}}},1]}}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":{{{Corners.Length / 3}}},"type":"VEC3","min":[-1,-1,-1],"max":[1,1,1]},
            {"bufferView":1,"componentType":5123,"count":{{{Triangles.Length}}},"type":"SCALAR"}],
            "bufferViews":[{"buffer":0,"byteLength":{{{points}}},"target":34962},
            {"buffer":0,"byteOffset":{{{points}}},"byteLength":{{{binaryLength - points}}},"target":34963}],
            "buffers":[{"byteLength":{{{binaryLength}}}}]}
            """);
        return text.PadRight((text.Length + 3) / 4 * 4);
    }

    private static byte[] Words(params int[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
