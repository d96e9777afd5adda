create table usage_export (
    id text collate "C" primary key,
    -- The first 16 bytes of SHA-256 over every part of the request, as for events.
    key bytea not null,
    request text not null,
    status text not null,
    reason text,
    files text not null,
    attempts integer not null,
    created_at bigint not null,
    finished_at bigint,
    constraint equal_exports_are_one unique (key)
);

-- What is still to be written; next to nothing of a table that may become long.
create index usage_export_pending on usage_export (attempts, id) where status = 'PENDING';
create index usage_export_finished on usage_export (finished_at) where finished_at is not null;
