namespace Matching.Service.Imports.Files;

/// <summary>How much a file may hold. A file beyond them is refused, so no upload decides how much memory a node needs.</summary>
internal static class FileLimits
{
    /// <summary>Rows, the header included.</summary>
    public const int Rows = 500_000;

    /// <summary>Columns with a header.</summary>
    public const int Columns = 200;

    /// <summary>Characters of one cell; Excel's own limit.</summary>
    public const int CellCharacters = 32_767;

    /// <summary>Characters of one record of delimited text.</summary>
    public const int RecordCharacters = 1_000_000;

    /// <summary>Bytes of one NDJSON line.</summary>
    public const int LineBytes = 1_000_000;

    /// <summary>Bytes an .xlsx may unpack to.</summary>
    public const long UnpackedBytes = 600_000_000;

    /// <summary>How many times larger than packed an .xlsx may be, once it is larger than <see cref="SmallBytes"/>. Honest sheets stay below 40.</summary>
    public const int UnpackRatio = 100;

    /// <summary>Unpacked size below which the ratio does not matter.</summary>
    public const long SmallBytes = 10_000_000;

    /// <summary>Parts (files) inside an .xlsx.</summary>
    public const int Parts = 2_000;
}
