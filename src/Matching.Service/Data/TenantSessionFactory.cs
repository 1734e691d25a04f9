using System.Data;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>Opens sessions where no HTTP request gives one: jobs, one per consortium and shard.</summary>
internal sealed class TenantSessionFactory(NpgsqlDataSource db)
{
    public TenantSession Open(TenantContext tenant, IsolationLevel isolation = IsolationLevel.ReadCommitted) => new(db, tenant, isolation);
}
