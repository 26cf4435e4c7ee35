namespace Drip;

/// <summary>
/// Makes a property an option of its job: a flag of the command line and a field of the form. Its type is text, a
/// number, a boolean, a date or time, a Guid, an enum or an array of enums. What may be given is declared by the
/// attributes of <c>System.ComponentModel.DataAnnotations</c>: <c>[Required]</c>, <c>[Range]</c>, <c>[StringLength]</c>,
/// <c>[RegularExpression]</c>, <c>[Display]</c>, <c>[DefaultValue]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute : Attribute
{
    /// <summary>The flag's name; default: the kebab-case of the property's name.</summary>
    public string? Name { get; set; }

    /// <summary>What a form calls the field; default: the property's name in words.</summary>
    public string? Label { get; set; }

    /// <summary>One line that says what the option is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the value is a secret: it is masked wherever it would be stored or shown.</summary>
    public bool Secret { get; set; }
}
