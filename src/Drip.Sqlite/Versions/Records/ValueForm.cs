namespace Drip.Sqlite.Versions;

/// <summary>How the values of a column are written in a version: what is needed to find the end of one.</summary>
internal enum ValueForm
{
    /// <summary>A whole number in as few bytes as it needs; also truth values, characters, days, times of day and durations.</summary>
    Number,
    /// <summary>Eight bytes: numbers with a fraction, dates and times.</summary>
    Fixed,
    /// <summary>Eight bytes, and the minutes of the offset as a number.</summary>
    Moment,
    /// <summary>Sixteen bytes.</summary>
    Guid,
    /// <summary>Sign and scale in one byte, and the digits as two numbers.</summary>
    Decimal,
    /// <summary>A length and as many bytes.</summary>
    Bytes,
    /// <summary>A length whose last bit says how the text is encoded, and as many bytes.</summary>
    Text,
}
