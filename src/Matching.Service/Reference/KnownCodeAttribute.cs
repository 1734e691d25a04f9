using System.ComponentModel.DataAnnotations;

namespace Matching.Service.Reference;

/// <summary>The classifications a field may name.</summary>
internal enum CodeKind
{
    Region,
    Industry,
    Occupation,
    Major,
    Education,
    Destination,
}

/// <summary>The value, or each value of a list, is a code that is in use in that classification. An occupation may be a group down from 小类.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class KnownCodeAttribute(CodeKind kind) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var tables = validationContext.GetRequiredService<ReferenceTables>();
        var unknown = (value switch { null => [], string one => [one], _ => (IEnumerable<string>)value }).FirstOrDefault(code => !Knows(tables, code));
        return unknown is null ? ValidationResult.Success : new ValidationResult($"没有这个{Name}代码：{unknown[..Math.Min(20, unknown.Length)]}。", [validationContext.MemberName!]);
    }

    private string Name => kind switch
    {
        CodeKind.Region => "行政区划", CodeKind.Industry => "行业", CodeKind.Occupation => "职业", CodeKind.Major => "专业", CodeKind.Education => "学历", _ => "毕业去向",
    };

    private bool Knows(ReferenceTables tables, string code) => kind switch
    {
        CodeKind.Region => tables.Regions.Find(code) is { ValidTo: null },
        CodeKind.Industry => tables.Industries.Knows(code),
        CodeKind.Occupation => tables.Occupations.Find(code) is { Level: >= 3 },
        CodeKind.Major => tables.Majors.Find(code) is { Level: 3 },
        CodeKind.Education => tables.EducationLevels.Knows(code),
        _ => tables.DestinationKinds.Find(code) is { Level: 2 },
    };
}
