namespace Drip.Data;

internal static class KeyRangeBounds
{
    extension(KeyRange range)
    {
        /// <summary>Which bounds a statement needs for the range.</summary>
        public KeyBounds Bounds => range.Only is not null
            ? KeyBounds.Only
            : (range.After is null ? KeyBounds.None : KeyBounds.After) | (range.To is null ? KeyBounds.None : KeyBounds.UpTo);
    }
}
