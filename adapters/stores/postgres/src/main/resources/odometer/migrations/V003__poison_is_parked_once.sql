create table parked_item (
    position bigint generated always as identity primary key,
    -- The first 16 bytes of SHA-256 over channel, origin and id, as for events.
    key bytea not null,
    channel text collate "C" not null,
    origin text not null,
    id text not null,
    reason text not null,
    content_type text,
    attributes text not null,
    body bytea not null,
    parked_at bigint not null,
    constraint parked_item_is_parked_once unique (key)
);

-- For the replay of one channel, page by page.
create index parked_item_of_channel on parked_item (channel, position);
