using Drip.Store;

namespace Drip.Postgres;

/// <summary>
/// The store's schema on PostgreSQL. A migration that was released is never changed: its checksum is in people's stores.
/// Where it says <c>schema.</c>, the schema of the settings stands when it is executed, or nothing. What is stored as text
/// is compared byte by byte, as ids are everywhere else.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>Stands before the names of tables and functions.</summary>
    public const string Schema = "schema.";

    public static IReadOnlyList<StoreMigration> All { get; } =
    [
        // No column that a worker writes with each batch or renewal is in an index, and pages keep room: such an update stays in
        // its page and leaves the indexes alone.
        new(1, "runs, batches, events and outbox", """
            CREATE TABLE schema.drip_run (
                id            text COLLATE "C" NOT NULL PRIMARY KEY,
                job           text COLLATE "C" NOT NULL,
                status        text COLLATE "C" NOT NULL CHECK (status IN ('pending', 'enqueued', 'running', 'paused', 'stopping', 'stopped', 'completed', 'failed')),
                options       text COLLATE "C" NOT NULL,
                options_key   text COLLATE "C" NOT NULL,
                batch_size    integer NOT NULL,
                row_limit     bigint,
                sleep_us      bigint NOT NULL,
                rate          double precision,
                paced_until   timestamptz,
                partitions    integer NOT NULL DEFAULT 1,
                created_at    timestamptz NOT NULL,
                created_by    text,
                started_at    timestamptz,
                finished_at   timestamptz,
                scanned       bigint NOT NULL,
                processed     bigint NOT NULL,
                batches       bigint NOT NULL,
                quarantined   bigint NOT NULL DEFAULT 0,
                total         bigint,
                active_us     bigint NOT NULL,
                error_type    text,
                error_message text,
                error_stack   text,
                error_element text,
                owner         text COLLATE "C",
                lease_until   timestamptz,
                epoch         bigint NOT NULL,
                request       text COLLATE "C" CHECK (request IN ('pause', 'stop')),
                requested_by  text,
                requested_at  timestamptz,
                hooks         bigint NOT NULL DEFAULT 0
            ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

            -- Of long options an index takes only the hash.
            CREATE UNIQUE INDEX drip_run_live ON schema.drip_run (job, hashtextextended(options_key, 0)) WHERE status NOT IN ('stopped', 'completed', 'failed');
            CREATE INDEX drip_run_unfinished ON schema.drip_run (id) WHERE status NOT IN ('stopped', 'completed', 'failed');
            CREATE INDEX drip_run_enqueued ON schema.drip_run (id) WHERE status = 'enqueued';
            CREATE INDEX drip_run_by_job ON schema.drip_run (job, id);
            CREATE INDEX drip_run_by_status ON schema.drip_run (status, id);

            CREATE TABLE schema.drip_batch (
                run           text COLLATE "C" NOT NULL REFERENCES schema.drip_run (id) ON DELETE CASCADE,
                partition     integer NOT NULL DEFAULT 0,
                number        bigint NOT NULL,
                status        text COLLATE "C" NOT NULL CHECK (status IN ('completed', 'failed')),
                key_from      text,
                key_to        text,
                size          integer NOT NULL,
                processed     bigint NOT NULL,
                quarantined   integer NOT NULL DEFAULT 0,
                started_at    timestamptz NOT NULL,
                finished_at   timestamptz NOT NULL,
                error_type    text,
                error_message text,
                error_stack   text,
                error_element text,
                PRIMARY KEY (run, partition, number)
            );

            CREATE TABLE schema.drip_event (
                id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                run    text COLLATE "C" NOT NULL REFERENCES schema.drip_run (id) ON DELETE CASCADE,
                at     timestamptz NOT NULL,
                kind   text COLLATE "C" NOT NULL,
                who    text,
                detail text
            );

            CREATE INDEX drip_event_by_run ON schema.drip_event (run, id);

            CREATE TABLE schema.drip_outbox (
                run       text COLLATE "C" NOT NULL REFERENCES schema.drip_run (id) ON DELETE CASCADE,
                hook      text COLLATE "C" NOT NULL,
                partition integer NOT NULL,
                number    bigint NOT NULL,
                job       text COLLATE "C" NOT NULL,
                context   text NOT NULL,
                at        timestamptz NOT NULL,
                attempts  integer NOT NULL,
                error     text,
                due       timestamptz NOT NULL,
                owner     text COLLATE "C",
                PRIMARY KEY (run, hook, partition, number)
            );

            CREATE INDEX drip_outbox_by_time ON schema.drip_outbox (at, number, hook);

            CREATE FUNCTION schema.drip_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                RAISE EXCEPTION '%', TG_ARGV[0];
            END
            $body$;

            CREATE TRIGGER drip_run_transition BEFORE UPDATE OF status ON schema.drip_run FOR EACH ROW
            WHEN (OLD.status <> NEW.status AND NOT CASE OLD.status
                WHEN 'pending' THEN NEW.status IN ('enqueued', 'stopped', 'failed')
                WHEN 'enqueued' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'running' THEN NEW.status IN ('paused', 'stopping', 'completed', 'failed', 'stopped')
                WHEN 'paused' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'stopping' THEN NEW.status IN ('stopped', 'completed', 'failed')
                WHEN 'failed' THEN NEW.status = 'enqueued'
                WHEN 'stopped' THEN NEW.status = 'enqueued'
                WHEN 'completed' THEN NEW.status = 'enqueued' AND OLD.quarantined > 0
                ELSE false
            END)
            EXECUTE FUNCTION schema.drip_refuse('a run cannot change to this status from the one it has');

            CREATE TRIGGER drip_run_finished BEFORE UPDATE OF
                id, job, status, options, options_key, batch_size, row_limit, sleep_us, created_at, created_by, started_at, finished_at,
                scanned, processed, batches, total, active_us, error_type, error_message, error_stack, error_element, owner, epoch,
                request, requested_by, requested_at, lease_until, partitions, hooks, rate ON schema.drip_run FOR EACH ROW
            WHEN (OLD.status IN ('stopped', 'completed', 'failed') AND NEW.status = OLD.status)
            EXECUTE FUNCTION schema.drip_refuse('a finished run never changes, but for its rows in quarantine');

            -- A hint for workers that wait: a run is to be taken, or was left to be taken up. The channel is the number of the table.
            CREATE FUNCTION schema.drip_wake() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                PERFORM pg_notify('drip_run_' || TG_RELID, '');
                RETURN NULL;
            END
            $body$;

            CREATE TRIGGER drip_run_created AFTER INSERT ON schema.drip_run FOR EACH ROW
            WHEN (NEW.status = 'enqueued')
            EXECUTE FUNCTION schema.drip_wake();

            CREATE TRIGGER drip_run_freed AFTER UPDATE OF status, owner ON schema.drip_run FOR EACH ROW
            WHEN (NEW.status = 'enqueued' AND OLD.status <> 'enqueued' OR NEW.status = 'running' AND NEW.owner IS NULL AND OLD.owner IS NOT NULL)
            EXECUTE FUNCTION schema.drip_wake();
            """),
    ];
}
