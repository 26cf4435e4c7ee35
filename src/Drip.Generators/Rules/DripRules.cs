using Microsoft.CodeAnalysis;

namespace Drip.Generators.Rules;

/// <summary>
/// Every rule that Drip checks at compile time; a field's name says what is wrong. A rule without which no code can be
/// generated cannot be configured away.
/// </summary>
internal static class DripRules
{
    private const string Backfills = "Drip.Backfills";
    private const string Producers = "Drip.Producers";
    private const string Models = "Drip.Models";
    private const string Hooks = "Drip.Hooks";
    private const string Help = "https://github.com/drip-net/drip/blob/main/docs/rules/";

    public static readonly DiagnosticDescriptor BackfillIsNotPartial = new("DRIP1001",
        "A backfill and the types around it are partial",
        "'{0}' is not partial, so Drip cannot add its part of the backfill. Add the modifier 'partial'.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1001.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillHasNoProcessMethod = new("DRIP1002",
        "A backfill has a method that processes rows",
        "'{0}' has no method that processes rows. Add one of ProcessBatch, ProcessBatchAsync, ProcessElement and ProcessElementAsync.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1002.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillHasSeveralProcessMethods = new("DRIP1003",
        "A backfill has one method that processes rows",
        "'{0}' has more than one method that processes rows ({1}). Keep exactly one.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1003.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProcessMethodHasWrongSignature = new("DRIP1004",
        "A method that processes rows has a signature that Drip can call",
        "'{0}' cannot process rows: {1}. {2}.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1004.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillHasNoUsableScope = new("DRIP1005",
        "A backfill says which rows it processes",
        "'{0}' has no usable Scope(): {1}. Write 'Scope<T> Scope()' without parameters, where T is a [Model].",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1005.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillIsGeneric = new("DRIP1006",
        "A backfill is neither generic nor inside a generic type",
        "'{0}' is generic, so Drip cannot know which types to run the backfill with. Remove its type parameters or move the backfill out of it.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1006.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor JobNameIsTaken = new("DRIP1007",
        "The jobs of an assembly have different names",
        "The job name '{0}' is also the name of '{1}'. Give one of them another name with [Backfill(Name = \"…\")].",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1007.md", WellKnownDiagnosticTags.CompilationEnd, WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillNeedsOneConstructor = new("DRIP1008",
        "A backfill has one constructor that Drip can call",
        "Drip cannot make an instance of '{0}': {1}. {2}.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1008.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillSettingIsInvalid = new("DRIP1009",
        "The settings of a backfill are valid",
        "The {0} '{1}' of '{2}' is not valid. {3}.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1009.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BackfillIsAbstractOrStatic = new("DRIP1010",
        "A backfill can be instantiated",
        "'{0}' is {1}, so Drip cannot make an instance of it. Declare it as an ordinary public or internal class.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1010.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OptionTypeIsUnsupported = new("DRIP1011",
        "An option has a type that can be typed in",
        "The option '{0}' has the type '{1}', which Drip cannot read from a command line. Use string, int, long, float, double, decimal, bool, DateOnly, TimeOnly, DateTime, DateTimeOffset, Guid, an enum or an array of an enum.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1011.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OptionNameIsTaken = new("DRIP1012",
        "The options of a job have names of their own",
        "The name '{0}' of the option '{1}' is taken by {2}. Give it another name with [Option(Name = \"…\")].",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1012.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OptionCannotBeSet = new("DRIP1013",
        "An option can be set by generated code",
        "Drip cannot set the option '{0}': {1}. Give the property a public or internal 'set' accessor.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1013.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OptionValidationIsNotChecked = new("DRIP1014",
        "The validation of an option is checked",
        "[{0}] on the option '{1}' has no effect: {2}. Remove it or check the value in the backfill.",
        Backfills, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP1014.md");

    public static readonly DiagnosticDescriptor OptionValueDoesNotFit = new("DRIP1015",
        "Defaults and bounds of an option are values of its type",
        "The {0} '{1}' of the option '{2}' does not fit: {3}. Write a value that does.",
        Backfills, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP1015.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerIsNotPartial = new("DRIP2001",
        "A producer, its pipelines and the types around them are partial",
        "'{0}' is not partial, so Drip cannot add its part of the producer. Add the modifier 'partial'.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2001.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerIsGeneric = new("DRIP2002",
        "A producer and its pipelines are neither generic nor inside a generic type",
        "'{0}' is generic, so Drip cannot know which types to run the producer with. Remove its type parameters or move the producer out of it.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2002.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerCannotBeMade = new("DRIP2003",
        "A producer and its pipelines are classes that can be instantiated",
        "'{0}' is {1}, so Drip cannot make an instance of it. Declare it as an ordinary class.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2003.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerHasOwnBase = new("DRIP2004",
        "A producer and its pipelines have no base class of their own",
        "'{0}' derives from '{1}', but its base class is Drip's. Remove '{1}' and hold an object of it instead.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2004.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor PipelineIsOutsideProducer = new("DRIP2005",
        "A pipeline is nested in a producer",
        "'{0}' is not directly inside a class with [Producer], so nothing runs it. Move it into the producer.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2005.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerSettingIsInvalid = new("DRIP2006",
        "The settings of a producer, its pipelines and its steps are valid",
        "The {0} '{1}' of '{2}' is not valid. {3}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2006.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerNameIsTaken = new("DRIP2007",
        "The producers of an assembly have different names",
        "The name '{0}' is also that of the producer '{1}'. Give one of them another name with [Producer(Name = \"…\")].",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2007.md", WellKnownDiagnosticTags.CompilationEnd, WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor PartNameIsTaken = new("DRIP2008",
        "The pipelines of a producer and the steps of a pipeline have names of their own",
        "{0} '{1}' is there twice. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2008.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor PipelineHasNoSteps = new("DRIP2009",
        "A pipeline has steps",
        "The pipeline '{0}' has no steps, so it does nothing. Mark the methods that it runs with [Step].",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2009.md");

    public static readonly DiagnosticDescriptor StepIsUnknown = new("DRIP2010",
        "A step comes after steps that its pipeline has",
        "The pipeline '{0}' has no step method '{1}'{2}. Name one of its steps with nameof.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2010.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor StepsGoInACircle = new("DRIP2011",
        "No step waits for itself",
        "'{0}' can never run, because it comes after itself: {1}. Take one of these steps out of After.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2011.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor StepOrderIsUnclear = new("DRIP2012",
        "What a step comes after is said once",
        "The place of the step '{0}' is not clear: {1}. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2012.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor EachIsNoRecord = new("DRIP2013",
        "A pipeline runs for each record of a model of its producer",
        "The pipeline '{0}' cannot run for each '{1}': {2}. {3}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2013.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor StepHasWrongSignature = new("DRIP2014",
        "A step has a signature that Drip can call",
        "'{0}' cannot be a step: {1}. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2014.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ProducerNeedsConstructor = new("DRIP2015",
        "A producer and its pipelines have a constructor that Drip can call",
        "Drip cannot make an instance of '{0}': {1}. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2015.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor GateHasWrongSignature = new("DRIP2016",
        "A gate has the signature bool Open()",
        "'Open' of the pipeline '{0}' cannot be its gate: {1}. Write 'public bool Open()', or give the method another name.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2016.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor GateChangesData = new("DRIP2017",
        "A gate changes nothing",
        "The gate of '{0}' uses Changes, but a gate only answers. Change records in a step.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2017.md");

    public static readonly DiagnosticDescriptor GateIsNotPure = new("DRIP2018",
        "A gate answers from the records",
        "The gate of '{0}' {1}, so its answer can change without a record that changes, and nothing asks it again. {2}.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2018.md");

    public static readonly DiagnosticDescriptor PipelineNeverOpens = new("DRIP2019",
        "A gate opens at some time",
        "The gate of '{0}' is always closed, so its steps can never run. Answer from the records, or remove the pipeline.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2019.md");

    public static readonly DiagnosticDescriptor RecordIsUnsuitable = new("DRIP2020",
        "A model of a producer is an immutable record class with one id",
        "'{0}' cannot be a model of a producer: {1}. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2020.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ConflictPolicyDoesNotFit = new("DRIP2021",
        "A conflict policy fits the type of its field",
        "'{0}' of '{1}' cannot have the policy {2}: {3}. {4}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2021.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor StepAwaitsWithoutToken = new("DRIP2022",
        "A step that awaits takes a CancellationToken",
        "'{0}' awaits and takes no CancellationToken, so it goes on when its run is cancelled or its time is up. Give it one and pass it on.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2022.md");

    public static readonly DiagnosticDescriptor StepsWriteTheSameField = new("DRIP2023",
        "Steps that can run at the same time write different fields",
        "{0} and {1} can run at the same time, and both write {2}. Let one come after the other, or say with [OnConflict] how the values become one.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2023.md", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor PipelineCreatesItsOwn = new("DRIP2024",
        "A pipeline that creates the records that it runs for has a bound",
        "'{0}' runs for each '{1}' and creates more of them, so it may never end. Set MaxCreated on the pipeline.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2024.md");

    public static readonly DiagnosticDescriptor NonIdempotentStepIsRetried = new("DRIP2025",
        "A step that must not run twice is not tried again",
        "'{0}' is marked [NonIdempotent] and is tried again after a failure. Remove Retries or [NonIdempotent].",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2025.md");

    public static readonly DiagnosticDescriptor HandlerHasWrongSignature = new("DRIP2026",
        "A handler and a timer have signatures that Drip can call",
        "'{0}' cannot be called: {1}. {2}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2026.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor AttributeHasNoEffect = new("DRIP2027",
        "The attributes of producers stand where they mean something",
        "[{0}] has no effect on '{1}': {2}. {3}.",
        Producers, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP2027.md");

    public static readonly DiagnosticDescriptor PlanLockIsUnreadable = new("DRIP2080",
        "The plan lock can be read",
        "The plan lock cannot be read: {0}. {1}.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2080.md");

    public static readonly DiagnosticDescriptor LockedProducerIsGone = new("DRIP2081",
        "The producers of the plan lock are there",
        "The plan lock has the producer '{0}', and the code has none of that name. Give it its name back with [Producer(Name = \"{0}\")], or update the lock with '{1}'.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2081.md", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor LockedPartIsGone = new("DRIP2082",
        "What the plan lock has is there, renamed or retired",
        "The plan lock has the {0}, and {1}. {2}, or update the lock with '{3}'.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2082.md");

    public static readonly DiagnosticDescriptor LockedPartIsChanged = new("DRIP2083",
        "The plan is the one of the plan lock",
        "The plan lock says of the {0} {1}, and the code says {2}. Change it back, or update the lock with '{3}'.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2083.md");

    public static readonly DiagnosticDescriptor NewFieldNeedsValue = new("DRIP2084",
        "A field that is new to the plan lock may be null",
        "The field '{0}' of the model '{1}' is new, and versions from before have no value for it. Declare it as nullable, or update the lock with '{2}'.",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2084.md");

    public static readonly DiagnosticDescriptor RetiredPartIsThere = new("DRIP2085",
        "What is retired is gone",
        "'{0}' is retired, and '{1}' has it, or has a part that was called so. Give the new one another name, or remove [Retired(\"{0}\")].",
        Producers, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP2085.md");

    public static readonly DiagnosticDescriptor ModelIsNotPartial = new("DRIP4001",
        "A model and the types around it are partial",
        "'{0}' is not partial, so Drip cannot add its part of the model. Add the modifier 'partial'.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4001.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ModelHasNoKey = new("DRIP4002",
        "A model has a key",
        "The model '{0}' has no key. Name a column Id or mark the key with [Key].",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4002.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor KeyTypeIsUnsupported = new("DRIP4003",
        "A key column has a type that keys can have",
        "The key column '{0}' has the type '{1}', which a key cannot have. Use int, long, string, Guid or DateTime, not nullable.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4003.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ColumnTypeIsUnsupported = new("DRIP4004",
        "A column has a type that Drip can store",
        "The column '{0}' has the type '{1}', which Drip cannot store. Mark it with [Json(typeof(YourJsonContext))] or [NotMapped].",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4004.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ColumnNameIsTaken = new("DRIP4005",
        "The columns of a model have names of their own",
        "'{0}' and '{1}' both have the column '{2}'. Give one of them another name with [Column(\"…\")].",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4005.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ModelIsGeneric = new("DRIP4006",
        "A model is neither generic nor inside a generic type",
        "'{0}' is generic, so it cannot be or contain the model of one table. Remove its type parameters or move the model out of it.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4006.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ModelCannotBeConstructed = new("DRIP4007",
        "A model can be made from its columns",
        "Drip cannot make a '{0}' from its columns: {1}. Give it a public or internal constructor without parameters, or one whose parameters are its columns.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4007.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ModelHasTooManyColumns = new("DRIP4008",
        "A model has at most 256 columns",
        "The model '{0}' has {1} columns, and 256 is the most. Mark those that no job needs with [NotMapped].",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4008.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor KeyOrderHasGaps = new("DRIP4009",
        "The columns of a key are numbered from 0",
        "The key columns of '{0}' are numbered {1}. Number them 0, 1, 2 and so on, each once.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4009.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor JsonContextDoesNotFit = new("DRIP4010",
        "A [Json] column's context lists the column's type",
        "'{0}' cannot be stored with the JSON context '{1}': {2}. Add [JsonSerializable(typeof({3}))] to a class that derives from JsonSerializerContext and name that class.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4010.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor SqlNamesUnknownColumn = new("DRIP4020",
        "SQL names columns that the model has",
        "'{0}' is not a column of the model '{1}'{2}. Correct the name or add the column to the model.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4020.md");

    public static readonly DiagnosticDescriptor ScopeHasOrderOrLimit = new("DRIP4021",
        "A scope has no order and no limit",
        "The scope contains {0}, but the order and the size of pages are Drip's. Remove it; a run takes --limit and --batch-size.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4021.md");

    public static readonly DiagnosticDescriptor ValueStandsInsideQuotes = new("DRIP4022",
        "A value in SQL stands outside quotes",
        "The value '{0}' stands inside quotes, where SQL reads text and not a parameter. Remove the quotes: Drip makes every value a parameter.",
        Models, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP4022.md");

    public static readonly DiagnosticDescriptor HookIsMisspelt = new("DRIP6001",
        "A method named like a hook is one",
        "'{0}' looks like a hook, but no hook has that name{1}. Correct the name, or choose one that does not look like a hook's.",
        Hooks, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP6001.md");

    public static readonly DiagnosticDescriptor HookHasWrongParameters = new("DRIP6002",
        "A hook takes what Drip can give it",
        "'{0}' cannot be called as a hook: {1}. {2}.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6002.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HookHasWrongResult = new("DRIP6003",
        "A hook returns nothing or a task",
        "'{0}' cannot be called as a hook: {1}. {2}.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6003.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor AroundHookMaySkipNext = new("DRIP6004",
        "An around-hook calls next() on every path",
        "'{0}' {1} {2}(), and without that call the transition does not happen. Call it on every path, or throw.",
        Hooks, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP6004.md");

    public static readonly DiagnosticDescriptor AroundHookCallsNextTwice = new("DRIP6005",
        "An around-hook calls next() once",
        "'{0}' can call {1}() a second time here, but a transition happens once. Call it once on every path.",
        Hooks, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP6005.md");

    public static readonly DiagnosticDescriptor AroundHookDoesNotAwaitNext = new("DRIP6006",
        "An around-hook waits for next()",
        "'{0}' calls {1}() and does not wait for it, so the hook ends before the transition is made. Await the call, or return its task.",
        Hooks, DiagnosticSeverity.Warning, isEnabledByDefault: true, description: null, Help + "DRIP6006.md");

    public static readonly DiagnosticDescriptor HookIsDefinedTwice = new("DRIP6007",
        "A hook is defined once",
        "'{0}' and '{1}' are the same hook, and Drip calls one method for it. Keep one of them.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6007.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HookHandlerIsNotPartial = new("DRIP6008",
        "A hook handler and the types around it are partial",
        "'{0}' is not partial, so Drip cannot add its part of the hook handler. Add the modifier 'partial'.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6008.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HookHandlerCannotBeCalled = new("DRIP6009",
        "A hook handler is a static class that its assembly can see",
        "'{0}' is {1}, so Drip cannot call its hooks. Declare it as a static public or internal class.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6009.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HookHandlerIsGeneric = new("DRIP6010",
        "A hook handler is neither generic nor inside a generic type",
        "'{0}' is generic, so Drip cannot know which types to call the hooks with. Remove its type parameters or move the hook handler out of it.",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6010.md", WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HookHandlerIsTaken = new("DRIP6011",
        "An assembly has one hook handler",
        "'{0}' handles the hooks of all jobs already. Keep one class with [HookHandler].",
        Hooks, DiagnosticSeverity.Error, isEnabledByDefault: true, description: null, Help + "DRIP6011.md", WellKnownDiagnosticTags.CompilationEnd, WellKnownDiagnosticTags.NotConfigurable);
}
