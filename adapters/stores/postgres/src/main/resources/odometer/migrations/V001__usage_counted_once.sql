-- Times in these tables are microseconds, and buckets seconds, since 1970-01-01T00:00:00Z: whole numbers travel as
-- binary arrays, need no time zone, and are exact to the year 9999. to_timestamp(happened_at / 1e6) reads one.

create sequence usage_position;

create table usage_event (
    -- The first 16 bytes of SHA-256 over the source's length, the source and the id: short, of fixed width, and no
    -- separator that two identities could share.
    key bytea not null,
    -- The order of arrival: a transaction's number in the upper bits, the place in its batch in the lower 20.
    position bigint not null,
    source text collate "C" not null,
    id text collate "C" not null,
    type text collate "C" not null,
    subject text collate "C" not null,
    happened_at bigint not null,
    recorded_at bigint not null,
    datacontenttype text,
    dataschema text,
    -- JSON as text: it keeps every digit as it was sent, which jsonb does not.
    data text,
    constraint usage_event_counted_once primary key (key)
);

-- For the list, for the edges of a range, and for the backfill of a new meter, which walks it in order.
create index usage_event_in_time on usage_event (happened_at, position);

create table meter (
    id text collate "C" primary key,
    slug text collate "C" not null,
    name text not null,
    description text,
    metadata text not null,
    aggregation text not null,
    event_type text collate "C" not null,
    event_from bigint,
    value_property text,
    group_by text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    -- Which rollups are this meter's; a new number when its group-bys change, since then all are made anew.
    rollup bigint not null,
    -- While events before the meter are still to be rolled up: those at or below this position, from the place named
    -- by the next two columns on. Null when done.
    backfill_to bigint,
    backfilled_at bigint not null,
    backfilled_position bigint not null
);

create unique index meter_slug_is_taken_once on meter (slug) where deleted_at is null;

create sequence rollup_number;

-- One row. Whoever appends holds a shared lock and knows by this number that the meters it applied are the current ones.
create table meter_version (version bigint not null);

insert into meter_version values (0);

-- A meter's events of one subject with the same group values.
create table series (
    id bigint generated always as identity primary key,
    rollup bigint not null,
    digest bytea not null,
    subject text collate "C" not null,
    groups text not null,
    constraint series_has_one_number unique (digest)
);

create index series_of_subject on series (rollup, subject);

-- What appended transactions added, one row for each and kind of merge, in arrays: as cheap to write as a single row.
-- Queries read these beside the rollups; a fold moves them there.
create table rollup_delta (
    id bigint generated always as identity primary key,
    kind text not null,
    -- How many there are in the arrays, which are kept out of line.
    entries int not null,
    series bigint[] not null,
    minute bigint[] not null,
    count bigint[] not null,
    amount numeric[] not null,
    first_at bigint[] not null,
    last_at bigint[] not null,
    last_position bigint[] not null
);

create table distinct_delta (
    id bigint generated always as identity primary key,
    entries int not null,
    series bigint[] not null,
    minute bigint[] not null,
    value bytea[] not null
);

-- Written once and read a few times: compressing costs more than it saves.
alter table rollup_delta alter column series set storage external;
alter table rollup_delta alter column minute set storage external;
alter table rollup_delta alter column count set storage external;
alter table rollup_delta alter column amount set storage external;
alter table rollup_delta alter column first_at set storage external;
alter table rollup_delta alter column last_at set storage external;
alter table rollup_delta alter column last_position set storage external;
alter table distinct_delta alter column series set storage external;
alter table distinct_delta alter column minute set storage external;
alter table distinct_delta alter column value set storage external;

create table rollup_minute (
    series bigint not null,
    bucket bigint not null,
    count bigint not null,
    amount numeric,
    first_at bigint not null,
    last_at bigint not null,
    last_position bigint not null,
    primary key (series, bucket)
) with (fillfactor = 80);

create table rollup_hour (like rollup_minute including all) with (fillfactor = 80);

create table rollup_day (like rollup_minute including all) with (fillfactor = 80);

create table rollup_month (like rollup_minute including all) with (fillfactor = 80);

create table distinct_minute (
    series bigint not null,
    bucket bigint not null,
    value bytea not null,
    primary key (series, bucket, value)
);

create table distinct_hour (like distinct_minute including all);

create table distinct_day (like distinct_minute including all);

create table distinct_month (like distinct_minute including all);
