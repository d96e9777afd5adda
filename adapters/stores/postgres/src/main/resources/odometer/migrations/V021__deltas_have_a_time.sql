-- For the age of the oldest delta: an alert on it finds folds that fail. The default fills it, also for processes of the
-- release before.
alter table rollup_delta add column written_at bigint not null
    default (extract(epoch from now()) * 1000000)::bigint;
alter table distinct_delta add column written_at bigint not null
    default (extract(epoch from now()) * 1000000)::bigint;
