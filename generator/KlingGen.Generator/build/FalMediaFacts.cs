// Compiled by MSBuild when a project's media have changed, not with the generator: see KlingGen.MediaFacts.targets.
using System;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a line per media file: its path below the project, its bytes, its width and its height (0 where unknown),
/// separated by tabs.
/// </summary>
public sealed class FalMediaFacts : Task
{
    private const int LongestJpegHead = 1 << 20;

    [Required]
    public ITaskItem[] Files { get; set; }

    [Required]
    public string Root { get; set; }

    [Required]
    public string Target { get; set; }

    public override bool Execute()
    {
        var text = new StringBuilder();
        foreach (var item in Files)
        {
            var path = item.GetMetadata("FullPath");
            if (!path.StartsWith(Root, StringComparison.OrdinalIgnoreCase)) continue;
            try
            {
                using (var file = File.OpenRead(path))
                {
                    var size = Size(file);
                    text.Append(path.Substring(Root.Length).Replace('\\', '/').TrimStart('/')).Append('\t')
                        .Append(file.Length.ToString(CultureInfo.InvariantCulture)).Append('\t')
                        .Append(size.Item1.ToString(CultureInfo.InvariantCulture)).Append('\t')
                        .Append(size.Item2.ToString(CultureInfo.InvariantCulture)).Append('\n');
                }
            }
            catch (IOException)
            {
                // A file that cannot be read now is not known; nothing depends on it.
            }
            catch (UnauthorizedAccessException)
            {
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        File.WriteAllText(Target, text.ToString());
        return true;
    }

    private static Tuple<int, int> Size(Stream file)
    {
        var head = new byte[30];
        var read = 0;
        while (read < head.Length)
        {
            var count = file.Read(head, read, head.Length - read);
            if (count == 0) break;
            read += count;
        }

        if (read >= 24 && head[0] == 0x89 && head[1] == 'P' && head[2] == 'N' && head[3] == 'G')
            return Tuple.Create(Big32(head, 16), Big32(head, 20));
        if (read >= 10 && head[0] == 'G' && head[1] == 'I' && head[2] == 'F') return Tuple.Create(head[6] | head[7] << 8, head[8] | head[9] << 8);
        if (read == 30 && head[0] == 'R' && head[8] == 'W' && head[9] == 'E' && head[12] == 'V') return WebP(head);
        return read > 3 && head[0] == 0xFF && head[1] == 0xD8 ? Jpeg(file) : Tuple.Create(0, 0);
    }

    private static Tuple<int, int> WebP(byte[] head)
    {
        switch ((char)head[15])
        {
            case 'X': return Tuple.Create(1 + (head[24] | head[25] << 8 | head[26] << 16), 1 + (head[27] | head[28] << 8 | head[29] << 16));
            case 'L': return Tuple.Create(1 + (head[21] | (head[22] & 0x3F) << 8), 1 + (head[22] >> 6 | head[23] << 2 | (head[24] & 0x0F) << 10));
            default: return Tuple.Create((head[26] | head[27] << 8) & 0x3FFF, (head[28] | head[29] << 8) & 0x3FFF);
        }
    }

    /// <summary>The size is in the first frame header, after segments with a length prefix.</summary>
    private static Tuple<int, int> Jpeg(Stream file)
    {
        file.Position = 2;
        while (file.Position < LongestJpegHead)
        {
            var mark = file.ReadByte();
            if (mark != 0xFF) break;
            while (mark == 0xFF) mark = file.ReadByte();
            var length = file.ReadByte() << 8 | file.ReadByte();
            if (mark < 0 || length < 2) break;
            if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC)
            {
                file.ReadByte();
                var height = file.ReadByte() << 8 | file.ReadByte();
                var width = file.ReadByte() << 8 | file.ReadByte();
                return width > 0 && height > 0 ? Tuple.Create(width, height) : Tuple.Create(0, 0);
            }

            file.Position += length - 2;
        }

        return Tuple.Create(0, 0);
    }

    private static int Big32(byte[] bytes, int at)
    {
        var value = (uint)bytes[at] << 24 | (uint)bytes[at + 1] << 16 | (uint)bytes[at + 2] << 8 | bytes[at + 3];
        return value > int.MaxValue ? 0 : (int)value;
    }
}
