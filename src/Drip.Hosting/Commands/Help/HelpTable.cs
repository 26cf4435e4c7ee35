namespace Drip.Hosting.Commands.Help;

/// <summary>Labels and what each means, in two columns that fit into a width; what is too long for its column goes on below.</summary>
/// <param name="width">How many characters a line has.</param>
internal sealed class HelpTable(int width)
{
    private const string Gap = "  ";

    private readonly List<string> _labels = [];
    private readonly List<string> _meanings = [];
    private int _longestLabel;
    private int _longestMeaning;

    public bool IsEmpty => _labels.Count == 0;

    public void Add(string label, string meaning)
    {
        _labels.Add(label);
        _meanings.Add(meaning);
        _longestLabel = Math.Max(_longestLabel, label.Length);
        _longestMeaning = Math.Max(_longestMeaning, meaning.Length);
    }

    public IEnumerable<string> Lines()
    {
        // Labels have half of the line at most, where the meanings need the other half.
        var room = Math.Max(2, width - Gap.Length);
        var left = Math.Min(_longestLabel, Math.Max(room / 2, room - _longestMeaning));
        for (var i = 0; i < _labels.Count; i++)
        {
            var (label, meaning) = (Wrapped(_labels[i], left), Wrapped(_meanings[i], room - left));
            for (var line = 0; line < Math.Max(label.Count, meaning.Count); line++)
            {
                var start = line < label.Count ? label[line] : "";
                yield return line < meaning.Count ? (start.PadRight(left) + Gap + meaning[line]).TrimEnd() : start;
            }
        }
    }

    /// <summary>The text in lines that break between words; a word that is longer than a line is cut.</summary>
    internal static List<string> Wrapped(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var rest = paragraph.TrimEnd();
            while (rest.Length > width)
            {
                var space = rest.LastIndexOf(' ', width, width);
                var end = space > 0 ? space : width;
                lines.Add(rest[..end].TrimEnd());
                rest = rest[end..].TrimStart();
            }

            lines.Add(rest);
        }

        return lines;
    }
}
