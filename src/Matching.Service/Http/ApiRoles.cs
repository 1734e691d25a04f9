namespace Matching.Service.Http;

/// <summary>Who a caller is. Each key has exactly one of these roles.</summary>
internal static class ApiRoles
{
    /// <summary>企业: posts demands, sees their matches.</summary>
    public const string Company = "company";

    /// <summary>学校: programmes, graduates, placements, their report.</summary>
    public const string School = "school";

    /// <summary>研究机构: reads what the consortium shares.</summary>
    public const string Institute = "institute";

    /// <summary>主管部门: posts demands on companies' behalf, reads what the consortium shares.</summary>
    public const string Department = "department";

    /// <summary>秘书处: runs the consortium.</summary>
    public const string Office = "office";

    /// <summary>区域平台: aggregates only.</summary>
    public const string Platform = "platform";

    /// <summary>Operator of the installation; names the consortium in the header <c>X-Consortium</c>.</summary>
    public const string Admin = "admin";

    public static readonly string[] All = [Company, School, Institute, Department, Office, Platform, Admin];

    /// <summary>Everybody who belongs to a consortium and may read its rows (platforms read aggregates only).</summary>
    public static readonly string[] Members = [Company, School, Institute, Department, Office, Admin];

    /// <summary>The office and the operator.</summary>
    public static readonly string[] Staff = [Office, Admin];
}
