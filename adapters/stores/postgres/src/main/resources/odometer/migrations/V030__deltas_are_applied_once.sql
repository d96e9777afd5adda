-- How far the deltas of an engine outside of the database were applied. The row of a partition changes in the
-- transaction that adds its deltas, so that a repeated or outdated writer adds nothing.
create table delta_source (
    -- Of the topic, which a new topic of the same name does not share.
    topic_id text collate "C" not null,
    partition int not null,
    -- The offset of the first record that is not applied yet.
    next_offset bigint not null,
    -- The times of the first and the last event in the deltas: the database does not have these events.
    first_at bigint,
    last_at bigint,
    primary key (topic_id, partition)
);
