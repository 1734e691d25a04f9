using System.ComponentModel.DataAnnotations;

namespace Matching.Service;

/// <summary>Every setting of the service (section <c>Matching</c>, environment <c>MATCHING__…</c>), its default and its limits.</summary>
internal sealed class MatchingOptions
{
    public const string Section = "Matching";

    /// <summary>Any PostgreSQL ≥ 15. Empty: the embedded private cluster in <see cref="DataDirectory"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Login for migrations where it differs from the service's own (then that one needs no rights but its roles). Empty: the same.</summary>
    public string OwnerConnectionString { get; set; } = "";

    /// <summary>Where the embedded cluster lives.</summary>
    public string DataDirectory { get; set; } = ".data";

    /// <summary>Bring the schema up to date when the service starts. Off where a deployment runs <c>migrate</c> as its own step.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>Serve HTTP. A node without it still answers its health checks.</summary>
    public bool RunApi { get; set; } = true;

    /// <summary>Take part in background work.</summary>
    public bool RunJobs { get; set; } = true;

    /// <summary>Serve the interactive documentation at /swagger; the OpenAPI document itself is always public.</summary>
    public bool SwaggerUi { get; set; }

    /// <summary>Largest JSON body in bytes. Uploads have their own limit.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxJsonBytes { get; set; } = 4_000_000;

    /// <summary>Largest uploaded file in bytes.</summary>
    [Range(1_000, 2_000_000_000)]
    public int MaxUploadBytes { get; set; } = 100_000_000;

    /// <summary>Most bytes of one feed that is imported while it arrives; nothing of it is stored on the way.</summary>
    [Range(1_000, 20_000_000_000)]
    public long MaxFeedBytes { get; set; } = 4_000_000_000;

    /// <summary>Requests a key (or, without one, an address) may make in a minute; answers that are sent from memory do not count.</summary>
    [Range(1, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 1_200;

    /// <summary>Consortia whose open demands and graduates this node keeps in memory, so that matches are of this second; others answer from the lists of the last run. 0: none.</summary>
    [Range(0, 1_000)]
    public int ResidentConsortia { get; set; } = 4;

    /// <summary>Bytes of memory for answers that never change (reference codes, published bulletins); 0: each is made anew.</summary>
    [Range(0, 4_000_000_000)]
    public long FixedAnswerBytes { get; set; } = 64_000_000;

    /// <summary>How long one statement may run before the request fails with 503, in seconds.</summary>
    [Range(1, 3_600)]
    public int StatementTimeoutSeconds { get; set; } = 60;

    /// <summary>Pieces of background work this node does at once; 0: one per processor.</summary>
    [Range(0, 64)]
    public int JobWorkers { get; set; }

    /// <summary>How long a piece of work stays with a worker that gives no sign of life, in seconds.</summary>
    [Range(1, 3_600)]
    public int JobLeaseSeconds { get; set; } = 30;

    /// <summary>How long changes can be read from the stream of changes, in days; a reader who stayed away longer reads everything anew.</summary>
    [Range(1, 3_650)]
    public int ChangeRetentionDays { get; set; } = 90;

    /// <summary>Rows of one exported spreadsheet; a longer list is refused, for its end would be missing.</summary>
    [Range(1, 1_048_575)]
    public int ExportRows { get; set; } = 200_000;

    /// <summary>Spreadsheets a key may export in a minute.</summary>
    [Range(1, 10_000)]
    public int ExportsPerMinute { get; set; } = 20;

    /// <summary>Let webhooks go to http addresses and to this machine itself; for trials and tests only.</summary>
    public bool InsecureWebhooks { get; set; }
}
