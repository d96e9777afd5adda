-- The minutes of one series and day, as arrays: a tenth of the size of their rows of rollup_minute and rollup_hour,
-- which are deleted in the same statement. Breaking, since earlier releases do not read this table.
create table rollup_compressed (
    series bigint not null,
    -- The second at which the day begins.
    day bigint not null,
    -- The minutes since then, in no order. A minute can be there twice, when events arrive after it was compressed.
    minute smallint[] not null,
    count bigint[] not null,
    -- Null if the meter has no amounts.
    amount numeric[],
    primary key (series, day)
) with (toast_tuple_target = 128);

-- Compressed in the row, which is read as a whole.
alter table rollup_compressed alter column minute set storage main;
alter table rollup_compressed alter column count set storage main;
alter table rollup_compressed alter column amount set storage main;

-- Written and deleted all the time.
alter table rollup_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 10000);
alter table distinct_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 10000);
