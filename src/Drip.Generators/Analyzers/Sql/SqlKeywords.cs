using System;
using System.Collections.Generic;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>Words that SQLite or PostgreSQL know in an expression: no columns, as far as can be told without the database.</summary>
internal static class SqlKeywords
{
    private const string Words =
        """
        and or not null is in like glob regexp match ilike similar to between symmetric exists isnull notnull escape
        case when then else end cast as collate nocase binary rtrim distinct from all any some array row default
        true false unknown on off current_date current_time current_timestamp localtime localtimestamp
        current_user session_user user at time zone interval extract leading trailing both overlaps for
        filter where over partition by order asc desc nulls first last rows range groups unbounded preceding
        following current within group ignore respect exclude ties others no values limit offset fetch next only raise abort fail rollback
        rowid _rowid_ oid ctid xmin xmax cmin cmax tableoid
        integer int int2 int4 int8 tinyint smallint mediumint bigint unsigned big real float float4 float8 double
        precision numeric decimal boolean bool text varchar char character varying nchar nvarchar native clob blob
        bytea date datetime timestamp timestamptz timetz with without json jsonb uuid inet
        year years month months day days hour hours minute minutes second seconds epoch
        """;

    private static readonly HashSet<string> s_words =
        new(Words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => s_words.Contains(word);
}
