using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Drip.Generators.PlanLocks;

/// <summary>
/// Writes a plan lock, one fact per line. Producers, models and pipelines are in the order of their names, so that moving code about
/// changes nothing; fields and steps are in their own order.
/// </summary>
internal static class LockWriter
{
    public static string Write(IEnumerable<LockedProducer> producers)
    {
        var text = new StringBuilder();
        Line($"{LockSyntax.Opening}{LockSyntax.Format}: what versions are written under. '{LockSyntax.Command}' updates it.");
        foreach (var producer in producers.OrderBy(static producer => producer.Name, StringComparer.Ordinal))
        {
            Line($"{LockSyntax.Producer} {LockSyntax.Word(producer.Name)}");
            foreach (var model in producer.Models.OrderBy(static model => model.Name, StringComparer.Ordinal))
            {
                Line($"  {LockSyntax.Model} {LockSyntax.Word(model.Name)}");
                foreach (var field in model.Fields) Line($"    {LockSyntax.Field} {LockSyntax.Word(field.Name)} {LockSyntax.Word(field.Type)}{Marks(field)}");
            }

            foreach (var pipeline in producer.Pipelines.OrderBy(static pipeline => pipeline.Name, StringComparer.Ordinal))
            {
                var each = pipeline.Each is { } model ? $" {LockSyntax.Each} {LockSyntax.Word(model)}" : "";
                Line($"  {LockSyntax.Pipeline} {LockSyntax.Word(pipeline.Name)}{each}");
                foreach (var step in pipeline.Steps)
                {
                    Line($"    {LockSyntax.Step} {LockSyntax.Word(step.Name)}{After(step)}");
                    Line($"      {LockSyntax.Body} {step.Body}");
                }
            }
        }

        Line(LockSyntax.Closing);
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Marks(LockedField field) =>
        (field.IsNullable ? $" {LockSyntax.Nullable}" : "") + (field.IsId ? $" {LockSyntax.Id}" : "");

    private static string After(LockedStep step) =>
        step.After.Count == 0 ? "" : $" {LockSyntax.After} {string.Join(" ", step.After.Select(LockSyntax.Word))}";
}
