using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Matching.Service.Exports;

/// <summary>
/// A workbook of one sheet, written straight into the archive: the usual libraries keep the sheet in memory. Numbers and dates are typed; every text is a text,
/// and one that a spreadsheet could take for a formula is marked as quoted, so that it stays one when edited.
/// </summary>
internal sealed class XlsxSheetWriter : ISheetWriter
{
    private const int LongestCell = 32_767;
    private const int Day = 1;
    private const int Moment = 2;
    private const int Quoted = 3;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private readonly ZipArchive _archive;
    private readonly StreamWriter _sheet;

    public XlsxSheetWriter(Stream target, string title)
    {
        _archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", $"""
            <Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}.worksheet+xml"/></Types>
            """);
        Part("_rels/.rels", $"""
            <Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{Escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """);
        Part("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs></styleSheet>
            """);
        _sheet = new StreamWriter(_archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16);
        _sheet.Write($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{Main}\"><sheetData>");
    }

    public void WriteRow(IEnumerable<object?> cells)
    {
        _sheet.Write("<row>");
        foreach (var cell in cells)
        {
            Write(cell);
        }

        _sheet.Write("</row>");
    }

    public void Dispose()
    {
        _sheet.Write("</sheetData></worksheet>");
        _sheet.Dispose();
        _archive.Dispose();
    }

    private void Write(object? cell)
    {
        switch (cell)
        {
            case null or "":
                _sheet.Write("<c/>");
                break;
            case int or long or short or decimal or double:
                _sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<c><v>{cell}</v></c>"));
                break;
            case DateOnly day when day.Year >= 1901:
                _sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<c s=\"{Day}\"><v>{day.ToDateTime(TimeOnly.MinValue).ToOADate()}</v></c>"));
                break;
            case DateTime moment when moment.Year >= 1901:
                _sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<c s=\"{Moment}\"><v>{CellValue.Local(moment).ToOADate()}</v></c>"));
                break;
            default:
                WriteText(CellValue.Text(cell));
                break;
        }
    }

    private void WriteText(string text)
    {
        var style = Imports.Files.CsvWriter.Neutral(text).Length > text.Length ? $" s=\"{Quoted}\"" : "";
        _sheet.Write($"<c t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">{Escape(text.Length > LongestCell ? text[..LongestCell] : text)}</t></is></c>");
    }

    private void Part(string name, string xml)
    {
        using var part = new StreamWriter(_archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        part.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        part.Write(xml);
    }

    // What XML cannot hold is left out.
    private static string Escape(string text)
    {
        var plain = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)));
        return System.Security.SecurityElement.Escape(plain).Replace("\r", "&#13;", StringComparison.Ordinal);
    }
}
