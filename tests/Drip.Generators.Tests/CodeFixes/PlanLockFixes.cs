using Drip.Generators.Tests.PlanLocks;

namespace Drip.Generators.Tests.CodeFixes;

public sealed class PlanLockFixes
{
    [Theory]
    [InlineData("[Step]", "[Step, Renamed(\"Fetch\")]")]
    [InlineData("[NonIdempotent, Step(Timeout = \"1s\")]", "[NonIdempotent, Step(Timeout = \"1s\"), Renamed(\"Fetch\")]")]
    [InlineData("[Drip.Step]", "[Drip.Step, Drip.Renamed(\"Fetch\")]")]
    [InlineData("[global::Drip.StepAttribute()]", "[global::Drip.StepAttribute(), global::Drip.Renamed(\"Fetch\")]")]
    public Task A_step_that_has_another_name_is_said_to_be_renamed(string before, string after) => Repair.VerifyAsync(
        "DRIP2082",
        Plan.Edited("[Step] public void Fetch", $"{before} public void Load"),
        Plan.Edited("[Step] public void Fetch", $"{after} public void Load"),
        planLock: Plan.Lock);

    [Fact]
    public Task A_step_that_is_gone_is_left_to_the_author() =>
        Repair.VerifyNoneAsync("DRIP2082", Plan.Edited("        [Step] public void Save() { }\n", ""), Plan.Lock);
}
