using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Backfills;

public sealed class BackfillRules
{
    private const string Scope = "Scope<Employee> Scope() => Employee.All;";
    private const string Process = "void ProcessElement(Employee e) { }";

    [Fact]
    public Task A_complete_backfill_breaks_no_rule() => Check($"[Backfill] public partial class Job {{ {Scope} {Process} }}");

    [Fact]
    public Task DRIP1001_a_backfill_is_partial() => Check(
        $"[Backfill] public class {{|DRIP1001:Job|}} {{ {Scope} {Process} }}");

    [Fact]
    public Task DRIP1001_the_types_around_a_backfill_are_partial() => Check(
        $"public class {{|DRIP1001:Outer|}} {{ [Backfill] public partial class Job {{ {Scope} {Process} }} }}");

    [Fact]
    public Task DRIP1002_a_backfill_processes_rows() => Check(
        $"[Backfill] public partial class {{|DRIP1002:Job|}} {{ {Scope} void Process(Employee e) {{ }} }}");

    [Theory]
    [InlineData("void ProcessElement(Employee e) { } void ProcessBatch(Batch<Employee> b) { }")]
    [InlineData("void ProcessElement(Employee e) { } void ProcessElement(Employee e, Changes<Employee> c) { }")]
    public Task DRIP1003_a_backfill_processes_rows_in_one_way(string methods) => Check(
        $"[Backfill] public partial class {{|DRIP1003:Job|}} {{ {Scope} {methods} }}");

    [Theory]
    [InlineData("void {|DRIP1004:ProcessElement|}() { }")]
    [InlineData("void {|DRIP1004:ProcessElement|}(Employee a, Employee b) { }")]
    [InlineData("int {|DRIP1004:ProcessElement|}(Employee e) => 1;")]
    [InlineData("Task<int> {|DRIP1004:ProcessElementAsync|}(Employee e) => null!;")]
    [InlineData("void {|DRIP1004:ProcessElement|}<T>(Employee e) { }")]
    [InlineData("void ProcessElement(ref Employee {|DRIP1004:e|}) { }")]
    [InlineData("void ProcessElement(Employee e, int {|DRIP1004:n|}) { }")]
    [InlineData("void ProcessElement(Employee e, string {|DRIP1004:n|}) { }")]
    [InlineData("void ProcessElement(Employee e, params IMailer[] {|DRIP1004:n|}) { }")]
    [InlineData("void ProcessElement(Employee e, Changes<Wrong> {|DRIP1004:n|}) { }", "CS0311")]
    [InlineData("void ProcessElement(Audit {|DRIP1004:e|}) { }")]
    [InlineData("void ProcessElement(Batch<Employee> {|DRIP1004:e|}) { }")]
    [InlineData("void {|DRIP1004:ProcessBatch|}(CancellationToken ct) { }")]
    [InlineData("void ProcessBatch(Employee {|DRIP1004:e|}) { }")]
    [InlineData("void ProcessBatch(Batch<Audit> {|DRIP1004:b|}) { }")]
    [InlineData("string {|DRIP1004:ProcessBatch|}(Batch<Employee> b) => \"\";")]
    [InlineData("Task<long> {|DRIP1004:ProcessBatchAsync|}(Batch<Employee> b) => null!;")]
    public async Task DRIP1004_a_process_method_can_be_called(string method, string? compilerError = null)
    {
        var errors = await CheckOnly(
            $"[Backfill] public partial class Job {{ {Scope} {method} }}",
            "[Model] public partial record Audit(long Id); public class Wrong;");
        Assert.Equal(compilerError is null ? 0 : 1, errors.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Scope<Employee> {|DRIP1005:Scope|}(int n) => Employee.All;")]
    [InlineData("Scope<Employee> {|DRIP1005:Scope|}<T>() => Employee.All;")]
    [InlineData("IEnumerable<Employee> {|DRIP1005:Scope|}() => [];")]
    [InlineData("Scope<Employee>? {|DRIP1005:Scope|}() => null;")]
    [InlineData("Scope<Inner> {|DRIP1005:Scope|}() => Inner.All; [Model] private partial record Inner(long Id);", "void ProcessElement(Inner i) { }")]
    public Task DRIP1005_a_backfill_says_which_rows(string scope, string process = Process) => Check(scope.Length == 0
        ? $"[Backfill] public partial class {{|DRIP1005:Job|}} {{ {process} }}"
        : $"[Backfill] public partial class Job {{ {scope} {process} }}");

    [Fact]
    public async Task DRIP1005_a_scope_is_of_a_model() => Assert.NotEmpty(await CheckOnly(
        "[Backfill] public partial class Job { Scope<IMailer> {|DRIP1005:Scope|}() => null!; void ProcessElement(IMailer m) { } }"));

    [Fact]
    public Task DRIP1006_a_backfill_is_not_generic() => Check(
        $"[Backfill] public partial class {{|DRIP1006:Job|}}<T> {{ {Scope} {Process} }}");

    [Fact]
    public Task DRIP1006_a_backfill_is_not_inside_a_generic_type() => Check(
        $"public partial class {{|DRIP1006:Outer|}}<T> {{ [Backfill] public partial class Job {{ {Scope} {Process} }} }}");

    [Fact]
    public Task DRIP1007_two_jobs_do_not_share_a_name() => Check($$"""
        [Backfill] public partial class AddRole { {{Scope}} {{Process}} }
        [Backfill(Name = "add-role")] public partial class {|DRIP1007:Other|} { {{Scope}} {{Process}} }
        [Backfill] public partial class Third { {{Scope}} {{Process}} }
        """);

    [Theory]
    [InlineData("public {0}() {{ }} public {0}(IMailer m) {{ }}")]
    [InlineData("private {0}() {{ }}")]
    public Task DRIP1008_a_backfill_has_one_constructor(string constructors)
    {
        var declared = string.Format(System.Globalization.CultureInfo.InvariantCulture, constructors, "Job");
        return Check($"[Backfill] public partial class {{|DRIP1008:Job|}} {{ {declared} {Scope} {Process} }}");
    }

    [Fact]
    public Task DRIP1008_a_constructor_takes_services() => Check(
        $"[Backfill] public partial class Job(int {{|DRIP1008:number|}}, IMailer mailer) {{ int N => number; IMailer M => mailer; {Scope} {Process} }}");

    [Fact]
    public Task DRIP1008_a_required_member_is_an_option() => Check(
        $"[Backfill] public partial class Job {{ public required IMailer {{|DRIP1008:Mailer|}} {{ get; set; }} {Scope} {Process} }}");

    [Theory]
    [InlineData("BatchSize = 0")]
    [InlineData("BatchSize = -5")]
    [InlineData("Partitions = 0")]
    [InlineData("Partitions = 65")]
    [InlineData("MaxFailures = -1")]
    [InlineData("FailureRate = -0.1")]
    [InlineData("FailureRate = 1.5")]
    [InlineData("RatePerSecond = -1")]
    [InlineData("RatePerSecond = double.NaN")]
    [InlineData("RatePerSecond = double.PositiveInfinity")]
    [InlineData("Sleep = \"soon\"")]
    [InlineData("Sleep = \"1.5s\"")]
    [InlineData("Sleep = \"10\"")]
    [InlineData("Name = \"Add Role\"")]
    [InlineData("Name = \"add--role\"")]
    [InlineData("Name = \"\"")]
    public Task DRIP1009_a_setting_is_valid(string setting) => Check(
        $"[{{|DRIP1009:Backfill({setting})|}}] public partial class Job {{ {Scope} {Process} }}");

    [Theory]
    [InlineData("BatchSize = 1")]
    [InlineData("Partitions = 64")]
    [InlineData("MaxFailures = 10")]
    [InlineData("FailureRate = 0.01")]
    [InlineData("FailureRate = 1")]
    [InlineData("RatePerSecond = 0")]
    [InlineData("RatePerSecond = 0.5")]
    [InlineData("RatePerSecond = 500")]
    [InlineData("Sleep = \"100ms\"")]
    [InlineData("Sleep = \"1h\"")]
    [InlineData("Name = \"add-2-roles\"")]
    public Task DRIP1009_accepts(string setting) => Check(
        $"[Backfill({setting})] public partial class Job {{ {Scope} {Process} }}");

    [Fact]
    public Task DRIP1010_a_backfill_is_not_abstract() => Check(
        $"[Backfill] public abstract partial class {{|DRIP1010:Job|}} {{ {Scope} {Process} }}");

    [Fact]
    public Task DRIP1010_a_backfill_is_not_static() => Check(
        "[Backfill] public static partial class {|DRIP1010:Job|} { static Scope<Employee> Scope() => Employee.All; static void ProcessElement(Employee e) { } }");

    [Fact]
    public Task DRIP1010_a_backfill_is_not_private() => Check(
        $"public partial class Outer {{ [Backfill] partial class {{|DRIP1010:Job|}} {{ {Scope} {Process} }} }}");

    [Theory]
    [InlineData("[Backfill] public partial class Job { Scope<Missing> Scope() => null!; void ProcessElement(Missing m) { } }")]
    [InlineData("[Backfill] public partial class Job { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e, Missing m) { } }")]
    [InlineData("[Backfill] public partial class Job(Missing m) { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }")]
    [InlineData("[Backfill] public partial class Job { Scope<Employee> Scope() => Employee.All; Missing ProcessBatch(Batch<Employee> b) => null!; }")]
    [InlineData("[Backfill] [Backfill] public partial class Job { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }")]
    [InlineData("[Backfill(BatchSize = )] public partial class Job { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }")]
    [InlineData("[Backfill(Name = 5)] public partial class Job { Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }")]
    [InlineData("[Backfill] public partial class Job { [Option] public Missing M { get; set; } Scope<Employee> Scope() => Employee.All; void ProcessElement(Employee e) { } }")]
    public async Task Half_typed_code_gets_the_compilers_errors_only(string source) => Assert.NotEmpty(await CheckOnly(source));

    private static Task Check(params string[] sources) => Harness.Rules.Check(InShop(sources));

    private static Task<string[]> CheckOnly(params string[] sources) => Harness.Rules.CheckOnly(InShop(sources));

    private static string[] InShop(string[] sources) =>
        [.. sources.Select(static source => "namespace Shop;\n" + source), TestSources.Employee];
}
