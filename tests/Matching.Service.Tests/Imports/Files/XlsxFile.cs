using System.IO.Compression;
using System.Text;

namespace Matching.Service.Tests.Imports.Files;

/// <summary>Workbooks written part by part, so that a test may write wrong ones.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>A workbook of one sheet with these rows, each a list of cells as XML (see <see cref="Text"/>, <see cref="Number"/>).</summary>
    public static MemoryStream Of(IEnumerable<string> rows, string prolog = "", Action<ZipArchive>? also = null)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/></Types>
                """);
            Add(zip, "_rels/.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """);
            Add(zip, "xl/workbook.xml", $"""
                <workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>
                """);
            Add(zip, "xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
                """);
            // Style 1 is a date, style 2 a percentage.
            Add(zip, "xl/styles.xml", $"""
                <styleSheet xmlns="{Main}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>
                """);
            using (var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open()))
            {
                sheet.Write($"""<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{Main}"><sheetData>""");
                foreach (var row in rows)
                {
                    sheet.Write($"<row>{row}</row>");
                }

                sheet.Write("</sheetData></worksheet>");
            }

            also?.Invoke(zip);
        }

        file.Position = 0;
        return file;
    }

    public static string Text(params string[] cells) => string.Concat(cells.Select(cell => $"""<c t="inlineStr"><is><t xml:space="preserve">{System.Security.SecurityElement.Escape(cell)}</t></is></c>"""));

    public static string Number(string value, int style = 0) => $"""<c s="{style}"><v>{value}</v></c>""";

    public static void Add(ZipArchive zip, string name, string content)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(content));
    }
}
