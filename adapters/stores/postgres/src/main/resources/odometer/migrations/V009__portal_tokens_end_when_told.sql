create table portal_token (
    id text collate "C" primary key,
    -- SHA-256 of the token, which itself is nowhere.
    digest bytea not null,
    subject text not null,
    -- None for every meter.
    allowed_meter_slugs text[] not null,
    created_at bigint not null,
    expires_at bigint not null,
    constraint portal_token_found_by_digest unique (digest)
);

-- To invalidate those of a subject, and to forget what has expired.
create index portal_token_subject on portal_token (subject);
create index portal_token_expires_at on portal_token (expires_at);
