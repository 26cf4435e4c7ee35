using Drip.Generated;

namespace Drip.Sqlite.Versions;

/// <summary>Turns the records of one model into bytes and back, by the model's own codec.</summary>
internal abstract class RecordCodec
{
    public static RecordCodec Of(ModelPlan model) => model.Accept(new Maker());

    /// <summary>The model's columns.</summary>
    public abstract ModelSchema Schema { get; }

    /// <summary>Which kind of id the model has.</summary>
    public abstract RecordIdKind IdKind { get; }

    /// <summary>Writes which of the given columns are null, and the values of the others.</summary>
    /// <param name="target">Where it is written.</param>
    /// <param name="values">Used for the values in between; a thread's own.</param>
    /// <param name="record">A record of the model.</param>
    /// <param name="columns">The columns.</param>
    public abstract void Write(ByteWriter target, ByteWriter values, object record, ColumnSet columns);

    /// <summary>Makes a record.</summary>
    /// <exception cref="DripException">A column holds what its model does not take.</exception>
    public abstract object Read(RecordFields fields);

    public abstract RecordId IdOf(object record);

    /// <summary>A record of an update, which has no id of its own.</summary>
    public abstract object Read(RecordFields fields, RecordId id);

    private sealed class Maker : IModelVisitor<RecordCodec>
    {
        public RecordCodec Visit<T>(ModelPlan<T> model) where T : class, IRecord<T> => new Typed<T>();
    }

    private sealed class Typed<T> : RecordCodec where T : class, IRecord<T>
    {
        public override ModelSchema Schema => T.Schema;

        public override RecordIdKind IdKind => T.IdKind;

        public override void Write(ByteWriter target, ByteWriter values, object record, ColumnSet columns)
        {
            values.Clear();
            var writer = new RecordWriter(values);
            T.Write(ref writer, (T)record, columns);
            target.Columns(writer.Nulls);
            target.Bytes(values.Written);
        }

        public override object Read(RecordFields fields)
        {
            var reader = new RecordReader(fields);
            try
            {
                return T.Read(ref reader);
            }
            catch (ColumnException error)
            {
                throw VersionErrors.Unreadable(T.Schema.Model, T.Schema.Columns[error.Ordinal].Name, error);
            }
        }

        public override object Read(RecordFields fields, RecordId id) => T.WithId((T)Read(fields), id);

        public override RecordId IdOf(object record) => T.IdOf((T)record);
    }
}
