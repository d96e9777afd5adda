create table schedule (
    name text collate "C" primary key,
    -- When the latest tick that is done was due: it and all before it are done. Absent until the first is.
    done_due bigint,
    done_at bigint
);
