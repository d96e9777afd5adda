-- Days whose events were brought back from the archive, and are not archived again until a time.
create table archive_hold (
    -- The second at which the first day begins, and at which the last one ends.
    from_day bigint not null,
    to_day bigint not null,
    until bigint not null,
    primary key (from_day, to_day)
);
