using System.Text;

namespace Drip.Sqlite;

/// <summary>The kernel's table of what is mounted where, as <c>/proc/self/mountinfo</c> on Linux writes it.</summary>
internal static class MountTable
{
    private const int MountPoint = 4;

    /// <summary>The type of the file system that a folder is on; null if the table does not have it.</summary>
    /// <param name="folder">A whole path without links.</param>
    /// <param name="lines">The table: <c>36 35 98:0 /root /mount/point options … - type source options</c>.</param>
    public static string? FormatOf(string folder, IEnumerable<string> lines)
    {
        string? format = null;
        var longest = 0;
        foreach (var line in lines)
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-", Math.Min(MountPoint, fields.Length));
            if (dash < 0 || dash + 1 >= fields.Length) continue;

            // What is mounted over another hides it, and comes later.
            var point = Unescaped(fields[MountPoint]);
            if (point.Length < longest || !IsBelow(folder, point)) continue;
            (format, longest) = (fields[dash + 1], point.Length);
        }

        return format;
    }

    private static bool IsBelow(string folder, string point) =>
        folder.StartsWith(point, StringComparison.Ordinal) && (point.EndsWith('/') || folder.Length == point.Length || folder[point.Length] == '/');

    // Spaces, tabs, line ends and backslashes stand as \ and three octal digits.
    private static string Unescaped(string text)
    {
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length)
            {
                plain.Append((char)((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
