using System.IO.Compression;

namespace Matching.Service.Imports.Files;

/// <summary>Unpacks an .xlsx once to nowhere and refuses it when it grows beyond its limits: what the archive says of its own sizes is not believed.</summary>
internal static class ZipGuard
{
    /// <exception cref="FileRefusedException">It is no archive, no workbook, or a zip bomb.</exception>
    public static void Check(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new FileRefusedException("unknown_format", "这个压缩文件不是 .xlsx 工作簿。");
            }

            if (archive.Entries.Count > FileLimits.Parts)
            {
                throw Bomb();
            }

            Measure(archive, stream.Length);
        }
        catch (InvalidDataException)
        {
            throw new FileRefusedException("damaged_file", "文件已损坏，无法打开，请重新保存后再上传。");
        }

        stream.Position = 0;
    }

    private static void Measure(ZipArchive archive, long packed)
    {
        var buffer = new byte[65_536];
        long unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                unpacked += read;
                if (unpacked > FileLimits.UnpackedBytes || (unpacked > FileLimits.SmallBytes && unpacked / FileLimits.UnpackRatio > packed))
                {
                    throw Bomb();
                }
            }
        }
    }

    private static FileRefusedException Bomb() => new("zip_bomb", "文件解压后过大，已拒绝；请另存为只含数据的 .xlsx 再上传。");
}
