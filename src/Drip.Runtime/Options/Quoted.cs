namespace Drip.Options;

/// <summary>Puts what a person typed into a message.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    /// <summary>The text in quotes, shortened, and without characters that could play tricks on a terminal.</summary>
    public static string Text(string text)
    {
        var shown = text.Length > Longest ? text[..Longest] + "…" : text;
        return "'" + string.Create(shown.Length, shown, static (characters, source) =>
        {
            for (var i = 0; i < source.Length; i++) characters[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        }) + "'";
    }
}
