using System;
using System.Linq;

namespace Drip.Generators.PlanLocks;

/// <summary>
/// How the plan lock is spelt. The whole file is a comment of C#, so that what the compiler writes of a generated file is the lock, to the byte.
/// </summary>
internal static class LockSyntax
{
    /// <summary>The file's name, beside the project file.</summary>
    public const string FileName = "drip.plan.lock";

    /// <summary>What writes it.</summary>
    public const string Command = "dotnet build -p:DripUpdatePlanLock=true";

    /// <summary>The newest format, which is the one that is written.</summary>
    public const int Format = 1;

    /// <summary>The beginning of the first line; the format follows.</summary>
    public const string Opening = "/* drip.plan.lock ";

    /// <summary>The last line. A file without it is torn.</summary>
    public const string Closing = "*/";

    public const string Producer = "producer";
    public const string Model = "model";
    public const string Field = "field";
    public const string Nullable = "nullable";
    public const string Id = "id";
    public const string Pipeline = "pipeline";
    public const string Each = "each";
    public const string Step = "step";
    public const string After = "after";
    public const string Body = "body";

    /// <summary>The name as one word. No word can end the comment, for none has a slash.</summary>
    public static string Word(string name) =>
        string.Concat(name.Select(static c => c is '%' or '/' || char.IsWhiteSpace(c) || char.IsControl(c) ? Uri.EscapeDataString(c.ToString()) : c.ToString()));

    /// <summary>The name that a word stands for.</summary>
    public static string Name(string word) => Uri.UnescapeDataString(word);
}
