using System.Globalization;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Matching.Benchmarks.Ingest;

/// <summary>A workbook of demands as Excel would save it: texts in the shared table, numbers as numbers.</summary>
internal static class DemandWorkbook
{
    private static readonly (string Key, string Header)[] Columns =
    [
        ("externalRef", "企业内部编号"), ("organization", "用人单位"), ("title", "岗位名称"), ("region", "工作地区"), ("education", "最低学历"), ("wageMin", "最低月薪"),
        ("wageMax", "最高月薪"), ("headcount", "需求人数"), ("openedOn", "发布日期"), ("mustSkills", "必备技能"), ("description", "岗位描述"),
    ];

    public static void Write(string path, int rows)
    {
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        var sheet = book.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(sheet))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            writer.WriteElement(new Row(Columns.Select(column => Shared(texts, column.Header))));
            for (var i = 1; i <= rows; i++)
            {
                using var demand = JsonDocument.Parse(FeedRows.Demand(i, 4));
                writer.WriteElement(new Row(Columns.Select(column => Cell(texts, demand.RootElement.GetProperty(column.Key)))));
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        var shared = book.AddNewPart<SharedStringTablePart>();
        using (var writer = OpenXmlWriter.Create(shared))
        {
            writer.WriteStartElement(new SharedStringTable());
            foreach (var (text, _) in texts.OrderBy(pair => pair.Value))
            {
                writer.WriteElement(new SharedStringItem(new Text(text)));
            }

            writer.WriteEndElement();
        }

        book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = "需求" }));
        book.Workbook.Save();
    }

    private static Cell Cell(Dictionary<string, int> texts, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => new Cell { CellValue = new CellValue(value.GetRawText()) },
        JsonValueKind.Array => Shared(texts, string.Join('、', value.EnumerateArray().Select(item => item.GetString()))),
        _ => Shared(texts, value.GetString()!),
    };

    private static Cell Shared(Dictionary<string, int> texts, string text)
    {
        texts.TryAdd(text, texts.Count);
        return new Cell { DataType = CellValues.SharedString, CellValue = new CellValue(texts[text].ToString(CultureInfo.InvariantCulture)) };
    }
}
