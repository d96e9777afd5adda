-- Events of past days in files of the file store, as CloudEvents in NDJSON, compressed with zstd. Breaking, since earlier
-- releases would count the repeat of an archived event again.

-- The numbers of files. A number is not used twice, also after a crash.
create sequence archive_file_number;

-- One file of events of one day (UTC). Events that arrive after their day was archived are in further files.
create table archive_part (
    id bigint primary key,
    container text collate "C" not null,
    key text collate "C" not null,
    -- The second at which the day begins.
    day bigint not null,
    events bigint not null,
    -- Of the file, and of its content before compression.
    bytes bigint not null,
    unpacked bigint not null,
    sha256 text not null,
    -- The order of the events in the file is that of (happened_at, position), as in usage_event_in_time.
    first_at bigint not null,
    last_at bigint not null,
    last_position bigint not null,
    -- The lowest position: a backfill needs only events before its meter.
    lowest_position bigint not null,
    archived_at bigint not null,
    -- When the retention period of the file ended. The row stays, since queries name the time that has no events.
    deleted_at bigint
);

create index archive_part_of_day on archive_part (day);

-- A file is a sequence of zstd frames, each of which can be read alone.
create table archive_block (
    part bigint not null references archive_part on delete cascade,
    start bigint not null,
    length int not null,
    -- The first 16 bytes of SHA-256 over the bytes of the frame.
    digest bytea not null,
    first_at bigint not null,
    first_position bigint not null,
    last_at bigint not null,
    last_position bigint not null,
    primary key (part, start)
);

-- The keys of events that are no longer in usage_event, 15 bytes each, one after another: a row per key would take five
-- times as much. A bucket is the first 16 bits of a key. An era has a limited number of keys, so that a row has a limited
-- size and an archived file rewrites only the rows of the last era.
create table archive_identity (
    bucket int not null,
    era int not null,
    keys bytea not null,
    primary key (bucket, era)
) with (toast_tuple_target = 8160);

-- Keys are digests, which do not compress.
alter table archive_identity alter column keys set storage external;

create table archive_era (
    era int primary key,
    keys bigint not null,
    first_at bigint not null,
    last_at bigint not null
);

-- Files to delete: of runs that did not complete, and replaced ones.
create table archive_leftover (
    container text collate "C" not null,
    key text collate "C" not null,
    since bigint not null,
    primary key (container, key)
);

-- The times of the first and the last event that is no longer in usage_event, with which queries bound their windows.
create table archive_range (first_at bigint, last_at bigint);

insert into archive_range values (null, null);

-- Whether appends have to look for repeats of archived events, which changes once.
alter table meter_version add column has_archive boolean not null default false;
