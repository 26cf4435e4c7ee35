namespace Drip.Sqlite;

/// <summary>Where a folder really is.</summary>
internal static class RealPath
{
    /// <summary>The path of a folder that exists, with no link in it.</summary>
    /// <exception cref="IOException">It was removed meanwhile.</exception>
    public static string Of(string folder)
    {
        var real = "/";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target) real = Of(target.FullName);
        }

        return real;
    }
}
