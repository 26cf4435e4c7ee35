using Drip.Store;

namespace Drip.Sqlite;

/// <summary>The store's schema on SQLite. A migration that was released is never changed: its checksum is in people's stores.</summary>
internal static class SqliteMigrations
{
    public static IReadOnlyList<StoreMigration> All { get; } =
    [
        new(1, "runs and batches", """
            CREATE TABLE drip_run (
                id            TEXT NOT NULL PRIMARY KEY,
                job           TEXT NOT NULL,
                status        TEXT NOT NULL CHECK (status IN ('pending', 'enqueued', 'running', 'paused', 'stopping', 'stopped', 'completed', 'failed')),
                options       TEXT NOT NULL,
                options_key   TEXT NOT NULL,
                batch_size    INTEGER NOT NULL,
                row_limit     INTEGER,
                sleep_us      INTEGER NOT NULL,
                created_at    TEXT NOT NULL,
                created_by    TEXT,
                started_at    TEXT,
                finished_at   TEXT,
                scanned       INTEGER NOT NULL,
                processed     INTEGER NOT NULL,
                batches       INTEGER NOT NULL,
                total         INTEGER,
                active_us     INTEGER NOT NULL,
                error_type    TEXT,
                error_message TEXT,
                error_stack   TEXT,
                error_element TEXT,
                owner         TEXT,
                epoch         INTEGER NOT NULL
            );

            CREATE UNIQUE INDEX drip_run_live ON drip_run (job, options_key) WHERE status NOT IN ('stopped', 'completed', 'failed');
            CREATE INDEX drip_run_by_job ON drip_run (job, id);
            CREATE INDEX drip_run_by_status ON drip_run (status, id);

            CREATE TABLE drip_batch (
                run           TEXT NOT NULL REFERENCES drip_run (id) ON DELETE CASCADE,
                number        INTEGER NOT NULL,
                status        TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
                key_from      TEXT,
                key_to        TEXT,
                size          INTEGER NOT NULL,
                processed     INTEGER NOT NULL,
                started_at    TEXT NOT NULL,
                finished_at   TEXT NOT NULL,
                error_type    TEXT,
                error_message TEXT,
                error_stack   TEXT,
                error_element TEXT,
                PRIMARY KEY (run, number)
            ) WITHOUT ROWID;

            CREATE TRIGGER drip_run_transition BEFORE UPDATE OF status ON drip_run
            WHEN OLD.status <> NEW.status AND NOT CASE OLD.status
                WHEN 'pending' THEN NEW.status IN ('enqueued', 'stopped', 'failed')
                WHEN 'enqueued' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'running' THEN NEW.status IN ('paused', 'stopping', 'completed', 'failed', 'stopped')
                WHEN 'paused' THEN NEW.status IN ('running', 'failed')
                WHEN 'stopping' THEN NEW.status IN ('stopped', 'failed')
                WHEN 'failed' THEN NEW.status = 'enqueued'
                WHEN 'stopped' THEN NEW.status = 'enqueued'
                ELSE 0
            END
            BEGIN
                SELECT RAISE(ABORT, 'a run cannot change to this status from the one it has');
            END;

            CREATE TRIGGER drip_run_finished BEFORE UPDATE ON drip_run
            WHEN OLD.status IN ('stopped', 'completed', 'failed') AND NEW.status = OLD.status
            BEGIN
                SELECT RAISE(ABORT, 'a finished run never changes');
            END;
            """),
        new(2, "requests and events", """
            ALTER TABLE drip_run ADD COLUMN request TEXT CHECK (request IN ('pause', 'stop'));
            ALTER TABLE drip_run ADD COLUMN requested_by TEXT;
            ALTER TABLE drip_run ADD COLUMN requested_at TEXT;

            CREATE TABLE drip_event (
                id     INTEGER PRIMARY KEY AUTOINCREMENT,
                run    TEXT NOT NULL REFERENCES drip_run (id) ON DELETE CASCADE,
                at     TEXT NOT NULL,
                kind   TEXT NOT NULL,
                who    TEXT,
                detail TEXT
            );

            CREATE INDEX drip_event_by_run ON drip_event (run, id);

            DROP TRIGGER drip_run_transition;
            CREATE TRIGGER drip_run_transition BEFORE UPDATE OF status ON drip_run
            WHEN OLD.status <> NEW.status AND NOT CASE OLD.status
                WHEN 'pending' THEN NEW.status IN ('enqueued', 'stopped', 'failed')
                WHEN 'enqueued' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'running' THEN NEW.status IN ('paused', 'stopping', 'completed', 'failed', 'stopped')
                WHEN 'paused' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'stopping' THEN NEW.status IN ('stopped', 'completed', 'failed')
                WHEN 'failed' THEN NEW.status = 'enqueued'
                WHEN 'stopped' THEN NEW.status = 'enqueued'
                ELSE 0
            END
            BEGIN
                SELECT RAISE(ABORT, 'a run cannot change to this status from the one it has');
            END;
            """),
        new(3, "leases, partitions and quarantine", """
            ALTER TABLE drip_run ADD COLUMN lease_until TEXT;
            ALTER TABLE drip_run ADD COLUMN partitions INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE drip_run ADD COLUMN quarantined INTEGER NOT NULL DEFAULT 0;

            CREATE INDEX drip_run_unfinished ON drip_run (id) WHERE status NOT IN ('stopped', 'completed', 'failed');

            CREATE TABLE drip_batch_by_partition (
                run           TEXT NOT NULL REFERENCES drip_run (id) ON DELETE CASCADE,
                partition     INTEGER NOT NULL DEFAULT 0,
                number        INTEGER NOT NULL,
                status        TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
                key_from      TEXT,
                key_to        TEXT,
                size          INTEGER NOT NULL,
                processed     INTEGER NOT NULL,
                quarantined   INTEGER NOT NULL DEFAULT 0,
                started_at    TEXT NOT NULL,
                finished_at   TEXT NOT NULL,
                error_type    TEXT,
                error_message TEXT,
                error_stack   TEXT,
                error_element TEXT,
                PRIMARY KEY (run, partition, number)
            ) WITHOUT ROWID;

            INSERT INTO drip_batch_by_partition (
                run, number, status, key_from, key_to, size, processed, started_at, finished_at, error_type, error_message, error_stack, error_element)
            SELECT
                run, number, status, key_from, key_to, size, processed, started_at, finished_at, error_type, error_message, error_stack, error_element
            FROM drip_batch;

            DROP TABLE drip_batch;
            ALTER TABLE drip_batch_by_partition RENAME TO drip_batch;

            DROP TRIGGER drip_run_transition;
            CREATE TRIGGER drip_run_transition BEFORE UPDATE OF status ON drip_run
            WHEN OLD.status <> NEW.status AND NOT CASE OLD.status
                WHEN 'pending' THEN NEW.status IN ('enqueued', 'stopped', 'failed')
                WHEN 'enqueued' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'running' THEN NEW.status IN ('paused', 'stopping', 'completed', 'failed', 'stopped')
                WHEN 'paused' THEN NEW.status IN ('running', 'stopped', 'failed')
                WHEN 'stopping' THEN NEW.status IN ('stopped', 'completed', 'failed')
                WHEN 'failed' THEN NEW.status = 'enqueued'
                WHEN 'stopped' THEN NEW.status = 'enqueued'
                WHEN 'completed' THEN NEW.status = 'enqueued' AND OLD.quarantined > 0
                ELSE 0
            END
            BEGIN
                SELECT RAISE(ABORT, 'a run cannot change to this status from the one it has');
            END;

            DROP TRIGGER drip_run_finished;
            CREATE TRIGGER drip_run_finished BEFORE UPDATE OF
                id, job, status, options, options_key, batch_size, row_limit, sleep_us, created_at, created_by, started_at, finished_at,
                scanned, processed, batches, total, active_us, error_type, error_message, error_stack, error_element, owner, epoch,
                request, requested_by, requested_at, lease_until, partitions ON drip_run
            WHEN OLD.status IN ('stopped', 'completed', 'failed') AND NEW.status = OLD.status
            BEGIN
                SELECT RAISE(ABORT, 'a finished run never changes, but for its rows in quarantine');
            END;
            """),
        new(4, "outbox", """
            ALTER TABLE drip_run ADD COLUMN hooks INTEGER NOT NULL DEFAULT 0;

            CREATE TABLE drip_outbox (
                run       TEXT NOT NULL REFERENCES drip_run (id) ON DELETE CASCADE,
                hook      TEXT NOT NULL,
                partition INTEGER NOT NULL,
                number    INTEGER NOT NULL,
                job       TEXT NOT NULL,
                context   TEXT NOT NULL,
                at        TEXT NOT NULL,
                attempts  INTEGER NOT NULL,
                error     TEXT,
                due       TEXT NOT NULL,
                owner     TEXT,
                PRIMARY KEY (run, hook, partition, number)
            );

            DROP TRIGGER drip_run_finished;
            CREATE TRIGGER drip_run_finished BEFORE UPDATE OF
                id, job, status, options, options_key, batch_size, row_limit, sleep_us, created_at, created_by, started_at, finished_at,
                scanned, processed, batches, total, active_us, error_type, error_message, error_stack, error_element, owner, epoch,
                request, requested_by, requested_at, lease_until, partitions, hooks ON drip_run
            WHEN OLD.status IN ('stopped', 'completed', 'failed') AND NEW.status = OLD.status
            BEGIN
                SELECT RAISE(ABORT, 'a finished run never changes, but for its rows in quarantine');
            END;
            """),
        new(5, "rate", """
            ALTER TABLE drip_run ADD COLUMN rate REAL;
            ALTER TABLE drip_run ADD COLUMN paced_until TEXT;

            DROP TRIGGER drip_run_finished;
            CREATE TRIGGER drip_run_finished BEFORE UPDATE OF
                id, job, status, options, options_key, batch_size, row_limit, sleep_us, created_at, created_by, started_at, finished_at,
                scanned, processed, batches, total, active_us, error_type, error_message, error_stack, error_element, owner, epoch,
                request, requested_by, requested_at, lease_until, partitions, hooks, rate ON drip_run
            WHEN OLD.status IN ('stopped', 'completed', 'failed') AND NEW.status = OLD.status
            BEGIN
                SELECT RAISE(ABORT, 'a finished run never changes, but for its rows in quarantine');
            END;
            """),
    ];
}
