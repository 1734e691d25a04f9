using System.Text;
using Matching.Service.Imports.Files;

namespace Matching.Service.Exports;

internal sealed class CsvSheetWriter(Stream target) : ISheetWriter
{
    private readonly StreamWriter _text = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);

    public void WriteRow(IEnumerable<object?> cells) => CsvWriter.WriteRow(_text, cells.Select(CellValue.Text));

    public void Dispose() => _text.Dispose();
}
