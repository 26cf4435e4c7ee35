using System.Text;

namespace Drip.Hosting.Output;

/// <summary>Rows of text in aligned columns.</summary>
/// <param name="headings">The columns; one that ends in <c>&gt;</c> is aligned to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [Array.ConvertAll(headings, heading => heading.TrimEnd('>'))];

    /// <summary>A heading or a cell of a column that not every table has.</summary>
    public static string[] If(bool isShown, string cell) => isShown ? [cell] : [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void WriteTo(Screen screen)
    {
        var widths = new int[headings.Length];
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Length; column++) widths[column] = Math.Max(widths[column], row[column].Length);
        }

        foreach (var row in _rows)
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Length; column++)
            {
                if (column > 0) line.Append("  ");
                line.Append(headings[column].EndsWith('>') ? row[column].PadLeft(widths[column]) : row[column].PadRight(widths[column]));
            }

            screen.WriteLine(line.ToString().TrimEnd());
        }
    }
}
