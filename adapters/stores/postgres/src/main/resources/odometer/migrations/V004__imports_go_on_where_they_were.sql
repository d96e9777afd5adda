create table usage_import (
    id text collate "C" primary key,
    -- The first 16 bytes of SHA-256 over container and key, as for events.
    file bytea not null,
    container text not null,
    key text not null,
    version text collate "C" not null,
    size bigint not null,
    status text not null,
    ended boolean not null,
    reason text,
    earlier_id text,
    -- Progress; bytes but for lines, and worked in microseconds.
    position bigint not null,
    line bigint not null,
    read bigint not null,
    lines bigint not null,
    counted bigint not null,
    repeated bigint not null,
    rejected bigint not null,
    worked bigint not null,
    -- Who works on it until when; nobody without.
    holder text,
    held_until bigint,
    started_at bigint not null,
    updated_at bigint not null,
    finished_at bigint,
    constraint usage_import_has_a_status check (status in ('RUNNING', 'DONE', 'FAILED')),
    constraint usage_import_is_one_a_version unique (file, version)
);

-- For the list, newest first.
create index usage_import_by_start on usage_import (started_at, id);

-- Kept until they stand in the file beside the imported one.
create table usage_import_rejected (
    import_id text collate "C" not null references usage_import,
    line bigint not null,
    reason text not null,
    text text not null,
    primary key (import_id, line)
);
