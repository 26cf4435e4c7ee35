using System.Runtime.InteropServices;

namespace Drip.Sqlite.Native;

/// <summary>
/// SQLite's own functions for what is done once per column of each row. They are taken from the very library that the
/// application's SQLitePCL provider has loaded, whichever that is, as function pointers: a call then costs a few
/// nanoseconds, where the provider's safe handles cost ten times that. Functions that only read or copy memory also
/// suppress the garbage collector's transition; those that may wait (step, prepare) do not.
/// </summary>
internal static unsafe class SqliteApi
{
    public const int Ok = 0;
    public const int Row = 100;
    public const int Done = 101;

    public const int TypeInteger = 1;
    public const int TypeReal = 2;
    public const int TypeText = 3;
    public const int TypeBlob = 4;
    public const int TypeNull = 5;

    private const uint Persistent = 1;
    private static readonly nint Transient = -1;

    private static readonly delegate* unmanaged<nint, byte*, int, uint, nint*, byte**, int> PrepareV3;
    private static readonly delegate* unmanaged<nint, int> StepPointer;
    private static readonly delegate* unmanaged<nint, int> ResetPointer;
    private static readonly delegate* unmanaged<nint, int> FinalizePointer;
    private static readonly delegate* unmanaged<nint, void> InterruptPointer;
    private static readonly delegate* unmanaged<nint, nint> MutexOfPointer;
    private static readonly delegate* unmanaged<nint, void> EnterPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, void> LeavePointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> ChangesPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> ExtendedErrorPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> AutocommitPointer;
    private static readonly delegate* unmanaged<nint, byte*> ErrorMessagePointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, int> BindNullPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, long, int> BindInt64Pointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, double, int> BindDoublePointer;
    private static readonly delegate* unmanaged<nint, int, byte*, int, nint, int> BindTextPointer;
    private static readonly delegate* unmanaged<nint, int, byte*, int, nint, int> BindBlobPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, nint> ColumnValuePointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> ValueTypePointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, long> ValueInt64Pointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, double> ValueDoublePointer;
    private static readonly delegate* unmanaged<nint, byte*> ValueTextPointer;
    private static readonly delegate* unmanaged<nint, byte*> ValueBlobPointer;
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> ValueBytesPointer;

    static SqliteApi()
    {
        SQLitePCL.Batteries_V2.Init();
        var library = NativeLibrary.Load(SQLitePCL.raw.GetNativeLibraryName(), typeof(SQLitePCL.Batteries_V2).Assembly, null);
        nint Find(string name) => NativeLibrary.GetExport(library, name);

        PrepareV3 = (delegate* unmanaged<nint, byte*, int, uint, nint*, byte**, int>)Find("sqlite3_prepare_v3");
        StepPointer = (delegate* unmanaged<nint, int>)Find("sqlite3_step");
        ResetPointer = (delegate* unmanaged<nint, int>)Find("sqlite3_reset");
        FinalizePointer = (delegate* unmanaged<nint, int>)Find("sqlite3_finalize");
        InterruptPointer = (delegate* unmanaged<nint, void>)Find("sqlite3_interrupt");
        MutexOfPointer = (delegate* unmanaged<nint, nint>)Find("sqlite3_db_mutex");
        EnterPointer = (delegate* unmanaged<nint, void>)Find("sqlite3_mutex_enter");
        LeavePointer = (delegate* unmanaged[SuppressGCTransition]<nint, void>)Find("sqlite3_mutex_leave");
        ChangesPointer = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find("sqlite3_changes");
        ExtendedErrorPointer = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find("sqlite3_extended_errcode");
        AutocommitPointer = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find("sqlite3_get_autocommit");
        ErrorMessagePointer = (delegate* unmanaged<nint, byte*>)Find("sqlite3_errmsg");
        BindNullPointer = (delegate* unmanaged[SuppressGCTransition]<nint, int, int>)Find("sqlite3_bind_null");
        BindInt64Pointer = (delegate* unmanaged[SuppressGCTransition]<nint, int, long, int>)Find("sqlite3_bind_int64");
        BindDoublePointer = (delegate* unmanaged[SuppressGCTransition]<nint, int, double, int>)Find("sqlite3_bind_double");
        BindTextPointer = (delegate* unmanaged<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_text");
        BindBlobPointer = (delegate* unmanaged<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_blob");
        ColumnValuePointer = (delegate* unmanaged[SuppressGCTransition]<nint, int, nint>)Find("sqlite3_column_value");
        ValueTypePointer = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find("sqlite3_value_type");
        ValueInt64Pointer = (delegate* unmanaged[SuppressGCTransition]<nint, long>)Find("sqlite3_value_int64");
        ValueDoublePointer = (delegate* unmanaged[SuppressGCTransition]<nint, double>)Find("sqlite3_value_double");
        ValueTextPointer = (delegate* unmanaged<nint, byte*>)Find("sqlite3_value_text");
        ValueBlobPointer = (delegate* unmanaged<nint, byte*>)Find("sqlite3_value_blob");
        ValueBytesPointer = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find("sqlite3_value_bytes");
    }

    public static int Prepare(nint database, ReadOnlySpan<byte> sql, out nint statement)
    {
        nint prepared;
        int code;
        fixed (byte* text = sql) code = PrepareV3(database, text, sql.Length, Persistent, &prepared, null);
        statement = prepared;
        return code;
    }

    public static int Step(nint statement) => StepPointer(statement);

    public static int Reset(nint statement) => ResetPointer(statement);

    public static int Finalize(nint statement) => FinalizePointer(statement);

    public static void Interrupt(nint database) => InterruptPointer(database);

    public static nint MutexOf(nint database) => MutexOfPointer(database);

    public static void Enter(nint mutex) => EnterPointer(mutex);

    public static void Leave(nint mutex) => LeavePointer(mutex);

    public static int Changes(nint database) => ChangesPointer(database);

    public static int ExtendedError(nint database) => ExtendedErrorPointer(database);

    /// <summary>Whether no transaction is open.</summary>
    public static bool IsAutocommit(nint database) => AutocommitPointer(database) != 0;

    public static string ErrorMessage(nint database) => Marshal.PtrToStringUTF8((nint)ErrorMessagePointer(database)) ?? "";

    public static int BindNull(nint statement, int place) => BindNullPointer(statement, place);

    public static int BindInt64(nint statement, int place, long value) => BindInt64Pointer(statement, place, value);

    public static int BindDouble(nint statement, int place, double value) => BindDoublePointer(statement, place, value);

    public static int BindText(nint statement, int place, ReadOnlySpan<byte> utf8)
    {
        // A null pointer would bind NULL, and an empty span may have one.
        byte nothing = 0;
        fixed (byte* text = utf8) return BindTextPointer(statement, place, text is null ? &nothing : text, utf8.Length, Transient);
    }

    public static int BindBlob(nint statement, int place, ReadOnlySpan<byte> bytes)
    {
        byte nothing = 0;
        fixed (byte* start = bytes) return BindBlobPointer(statement, place, start is null ? &nothing : start, bytes.Length, Transient);
    }

    /// <summary>The column's value, valid until the statement moves on. Asking it, unlike asking the statement, takes no mutex.</summary>
    public static nint ColumnValue(nint statement, int column) => ColumnValuePointer(statement, column);

    public static int ValueType(nint value) => ValueTypePointer(value);

    public static long ValueInt64(nint value) => ValueInt64Pointer(value);

    public static double ValueDouble(nint value) => ValueDoublePointer(value);

    public static ReadOnlySpan<byte> ValueText(nint value)
    {
        var text = ValueTextPointer(value);
        return new ReadOnlySpan<byte>(text, ValueBytesPointer(value));
    }

    public static ReadOnlySpan<byte> ValueBlob(nint value)
    {
        var bytes = ValueBlobPointer(value);
        return new ReadOnlySpan<byte>(bytes, ValueBytesPointer(value));
    }

    public static int ColumnType(nint statement, int column) => ValueType(ColumnValue(statement, column));

    public static long ColumnInt64(nint statement, int column) => ValueInt64(ColumnValue(statement, column));

    public static double ColumnDouble(nint statement, int column) => ValueDouble(ColumnValue(statement, column));

    public static ReadOnlySpan<byte> ColumnText(nint statement, int column) => ValueText(ColumnValue(statement, column));

    public static ReadOnlySpan<byte> ColumnBlob(nint statement, int column) => ValueBlob(ColumnValue(statement, column));
}
