using System.Data.Common;
using Dapper;

namespace Drip.Crash.Tests.Sites;

/// <summary>A database that workers use and that a test looks into while they do.</summary>
internal abstract class CrashDatabase
{
    /// <summary>Whether a process holds what others would wait for.</summary>
    public abstract bool IsLocked { get; }

    /// <summary>Every row of every table, to see that nothing was changed.</summary>
    public abstract string[] Dump();

    /// <summary>Whether there is a table of this name.</summary>
    public abstract bool HasTable(string name);

    /// <summary>What the database says about its own files; <c>ok</c> where it has no such question.</summary>
    public abstract string Integrity { get; }

    /// <summary>Makes the tables that the jobs work on.</summary>
    public abstract void CreateItems(int items);

    /// <summary>Runs statements.</summary>
    public void Execute(string sql) => Use(isWriting: true, connection => connection.Execute(sql));

    /// <summary>The one value that a statement gives.</summary>
    public T? Ask<T>(string sql) => Use(isWriting: false, connection => connection.ExecuteScalar<T>(sql));

    /// <summary>What a statement gives.</summary>
    public T[] List<T>(string sql) => Use<T[]>(isWriting: false, connection => [.. connection.Query<T>(sql)]);

    /// <summary>Uses a connection to it.</summary>
    protected abstract TResult Use<TResult>(bool isWriting, Func<DbConnection, TResult> work);
}
