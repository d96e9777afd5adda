-- The position decides which of two readings at the same time is the latest. Other kinds of merge do not need it.
alter table rollup_minute alter column last_position drop not null;
alter table rollup_hour alter column last_position drop not null;
alter table rollup_day alter column last_position drop not null;
alter table rollup_month alter column last_position drop not null;
