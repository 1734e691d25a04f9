using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Rows of the first visible sheet of a workbook, as text the way a person sees it. Macros, links to other files and document type definitions
/// are not looked at (a part with a DTD is refused by the XML reader); of a formula the stored result counts, and an error (#N/A) is an empty cell.
/// </summary>
internal static class XlsxRows
{
    // The library asks for the code page of old workbooks before it looks at any, and the runtime knows none by itself.
    static XlsxRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IAsyncEnumerable<FileRow> ReadAsync(Stream stream, Func<string, bool>? known = null) =>
        TableRows.ReadAsync(Records(stream).ToAsyncEnumerable(), known, separated: false);

    private static IEnumerable<TableRecord> Records(Stream stream)
    {
        using var reader = Guard(() => ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true }));
        while (!string.Equals(reader.VisibleState, "visible", StringComparison.OrdinalIgnoreCase) && Guard(reader.NextResult))
        {
        }

        for (var number = 1; Guard(reader.Read); number++)
        {
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Text(reader, i);
            }

            yield return new(number, cells);
        }
    }

    private static string Text(IExcelDataReader reader, int column) => reader.GetValue(column) switch
    {
        null => "",
        string text => CellText.Trim(text),
        bool flag => flag ? "是" : "否",
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number when reader.GetNumberFormatString(column)?.Contains('%', StringComparison.Ordinal) == true => Number(number * 100) + "%",
        double number => Number(number),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    // Fifteen digits, as Excel shows them: 0.1 + 0.2 is 0.3, and a long number is written out rather than as 4.4E+17.
    private static string Number(double number) => Math.Abs(number) < 1e27
        ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    // Whatever the library stumbles over in a hostile or damaged workbook is the file's fault.
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is ExcelReaderException or XmlException or InvalidDataException or FormatException or OverflowException
            or IndexOutOfRangeException or ArgumentException or NullReferenceException or KeyNotFoundException)
        {
            throw new FileRefusedException("damaged_file", "工作簿已损坏或含有不允许的内容，无法读取，请用 Excel 重新另存为 .xlsx 再上传。");
        }
    }
}
