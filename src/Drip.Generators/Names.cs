namespace Drip.Generators;

/// <summary>The metadata names of every type that Drip looks for in the author's code.</summary>
internal static class Names
{
    public const string Model = "Drip.ModelAttribute";
    public const string Key = "Drip.KeyAttribute";
    public const string Column = "Drip.ColumnAttribute";
    public const string Json = "Drip.JsonAttribute";
    public const string Backfill = "Drip.BackfillAttribute";
    public const string HookHandler = "Drip.HookHandlerAttribute";
    public const string Option = "Drip.OptionAttribute";
    public const string Producer = "Drip.ProducerAttribute";
    public const string Pipeline = "Drip.PipelineAttribute";
    public const string Step = "Drip.StepAttribute";
    public const string NonIdempotent = "Drip.NonIdempotentAttribute";
    public const string Renamed = "Drip.RenamedAttribute";
    public const string Retired = "Drip.RetiredAttribute";
    public const string OnConflict = "Drip.OnConflictAttribute";
    public const string On = "Drip.OnAttribute";
    public const string Every = "Drip.EveryAttribute";
    public const string ModelInterface = "Drip.IModel`1";
    public const string Scope = "Drip.Scope`1";
    public const string Batch = "Drip.Batch`1";
    public const string Changes = "Drip.Changes`1";
    public const string BatchContext = "Drip.BatchContext";
    public const string RunContext = "Drip.RunContext";
    public const string HookNext = "Drip.HookNext";
    public const string SqlHandler = "Drip.SqlHandler";
    public const string ProducerBase = "Drip.Producer";
    public const string PipelineOf = "Drip.Pipeline`1";
    public const string PipelineBase = "Drip.Pipeline";
    public const string RecordStore = "Drip.RecordStore";
    public const string RecordChanges = "Drip.RecordChanges";
    public const string ProducerStream = "Drip.ProducerStream";
    public const string ProducerStats = "Drip.ProducerStats";
    public const string ProducerOptions = "Drip.ProducerOptions";
    public const string ProducerVersion = "Drip.ProducerVersion";
    public const string SqliteVersions = "Drip.Sqlite.SqliteVersions";
    public const string Manifest = "Drip.Generated.DripManifestAttribute";

    public const string AbstractionsAssembly = "Drip.Abstractions";
    public const string AddJobsClass = "Drip.DripJobs";

    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task";
    public const string TaskOf = "System.Threading.Tasks.Task`1";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
    public const string ValueTaskOf = "System.Threading.Tasks.ValueTask`1";
    public const string Guid = "System.Guid";
    public const string DateTimeOffset = "System.DateTimeOffset";
    public const string DateOnly = "System.DateOnly";
    public const string TimeOnly = "System.TimeOnly";
    public const string TimeSpan = "System.TimeSpan";
    public const string DateTime = "System.DateTime";
    public const string TimeProvider = "System.TimeProvider";
    public const string Environment = "System.Environment";
    public const string Stopwatch = "System.Diagnostics.Stopwatch";
    public const string Random = "System.Random";
    public const string JsonSerializerContext = "System.Text.Json.Serialization.JsonSerializerContext";
    public const string JsonSerializable = "System.Text.Json.Serialization.JsonSerializableAttribute";

    public const string DataKey = "System.ComponentModel.DataAnnotations.KeyAttribute";
    public const string DataColumn = "System.ComponentModel.DataAnnotations.Schema.ColumnAttribute";
    public const string NotMapped = "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute";
    public const string Validation = "System.ComponentModel.DataAnnotations.ValidationAttribute";
    public const string Required = "System.ComponentModel.DataAnnotations.RequiredAttribute";
    public const string Range = "System.ComponentModel.DataAnnotations.RangeAttribute";
    public const string StringLength = "System.ComponentModel.DataAnnotations.StringLengthAttribute";
    public const string MinLength = "System.ComponentModel.DataAnnotations.MinLengthAttribute";
    public const string MaxLength = "System.ComponentModel.DataAnnotations.MaxLengthAttribute";
    public const string Length = "System.ComponentModel.DataAnnotations.LengthAttribute";
    public const string RegularExpression = "System.ComponentModel.DataAnnotations.RegularExpressionAttribute";
    public const string AllowedValues = "System.ComponentModel.DataAnnotations.AllowedValuesAttribute";
    public const string DataType = "System.ComponentModel.DataAnnotations.DataTypeAttribute";
    public const string Display = "System.ComponentModel.DataAnnotations.DisplayAttribute";
    public const string DefaultValue = "System.ComponentModel.DefaultValueAttribute";
    public const string Description = "System.ComponentModel.DescriptionAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
}
