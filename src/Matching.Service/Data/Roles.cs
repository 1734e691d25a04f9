namespace Matching.Service.Data;

/// <summary>The database roles. None of them can log in: the login of the connection string is a member and steps into one.</summary>
internal static class Roles
{
    /// <summary>Owns every table; only migrations run as it.</summary>
    public const string Owner = "matching_owner";

    /// <summary>Requests and jobs; subject to row-level security.</summary>
    public const string App = "matching_app";

    /// <summary>Bulk imports: may insert into the import targets past the policies, because COPY into a table with policies is refused.</summary>
    public const string Loader = "matching_loader";

    /// <summary>Makes the roles where they are missing. They belong to the whole server, so two databases may race for them.</summary>
    public const string BootstrapSql = """
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matching_owner') THEN
                CREATE ROLE matching_owner NOLOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matching_app') THEN
                CREATE ROLE matching_app NOLOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matching_loader') THEN
                CREATE ROLE matching_loader NOLOGIN BYPASSRLS;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another node made them in the same moment
        END $$;

        DO $$
        BEGIN
            EXECUTE format('GRANT matching_owner, matching_app, matching_loader TO %I', session_user);
            EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO matching_owner', current_database());
            EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO matching_app, matching_loader', current_database());
            GRANT ALL ON SCHEMA public TO matching_owner;
            GRANT USAGE ON SCHEMA public TO matching_app, matching_loader;
        END $$;
        """;
}
