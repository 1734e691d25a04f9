using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>An empty file to fill in: the kind's headers, and in a workbook a second sheet that explains every column.</summary>
internal static class TemplateFile
{
    public static byte[] Csv(ImportKind kind)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        CsvWriter.WriteRow(text, kind.Columns.Select(column => column.Header));
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public static byte[] Xlsx(ImportKind kind)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            // An asterisk marks what must be filled in; readers ignore it.
            AddSheet(book, 1, kind.Title, [[.. kind.Columns.Select(column => column.Required ? "*" + column.Header : column.Header)]]);
            AddSheet(book, 2, "填写说明", [["列名", "程序用名", "必填", "说明", "可填内容", "示例"], .. kind.Columns.Select(Explain)]);
            book.Workbook.Save();
        }

        return file.ToArray();
    }

    private static string[] Explain(ImportColumn column) =>
        [column.Header, column.Key, column.Required ? "是" : "否", column.Help, string.Join("、", column.Allowed?.Keys ?? []), column.Example];

    private static void AddSheet(WorkbookPart book, uint number, string name, IReadOnlyList<string[]> rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows.Select(cells => new Row(cells.Select(Cell)))));
        book.Workbook!.Sheets!.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = number, Name = name });
    }

    private static Cell Cell(string text) =>
        new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }) };
}
