using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Drip.Simulation.Model;

/// <summary>Stands for a model transaction where the contract wants one of ADO.NET; nothing can be done with it but be recognised.</summary>
internal sealed class ModelDbTransaction(ModelTransaction model) : DbTransaction
{
    public ModelTransaction Model => model;

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection DbConnection { get; } = new ModelDbConnection(model);

    public override void Commit() => throw new NotSupportedException();

    public override void Rollback() => throw new NotSupportedException();
}

/// <summary>The connection that such a transaction is on.</summary>
internal sealed class ModelDbConnection(ModelTransaction model) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "model";

    public override string DataSource => "model";

    public override string ServerVersion => "1";

    public override ConnectionState State => model.IsOpen ? ConnectionState.Open : ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
}
