create table notification_channel (
    id text collate "C" primary key,
    name text not null,
    disabled boolean not null,
    type text not null,
    -- Where it leads, with the secret that signs.
    target text not null,
    metadata text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);

create table notification_rule (
    id text collate "C" primary key,
    -- All of it, as it is also kept with each notification.
    rule text not null,
    disabled boolean not null,
    channels text[] not null,
    created_at bigint not null,
    deleted_at bigint
);

create table notification (
    id text collate "C" primary key,
    -- The first 16 bytes of SHA-256 over the rule and the occasion, as for events; absent where somebody asked for it.
    key bytea,
    rule_id text collate "C" not null,
    rule text not null,
    feature_id text collate "C",
    feature_key text collate "C",
    subject text collate "C",
    payload text not null,
    created_at bigint not null,
    constraint notification_is_raised_once unique (key)
);

-- For the list, and for what is too old to be kept.
create index notification_in_time on notification (created_at, id);

-- No reference to the channel: writers that count usage would all lock its row.
create table notification_delivery (
    notification_id text collate "C" not null references notification,
    channel_id text collate "C" not null,
    state text not null,
    reason text,
    -- When it is tried next; absent when it is over.
    due_at bigint,
    -- When it can be taken: when it is due or, in somebody's hands, when the lease ends.
    ready_at bigint,
    lease text,
    -- Since when it is asked for, and how often it was tried since.
    since bigint not null,
    tries integer not null,
    primary key (notification_id, channel_id)
);

-- What is still to be done, channel by channel, so that a dead receiver's backlog is not read for the others.
create index notification_delivery_ready on notification_delivery (channel_id, ready_at) where ready_at is not null;

create table notification_attempt (
    number bigint generated always as identity primary key,
    notification_id text collate "C" not null,
    channel_id text collate "C" not null,
    succeeded boolean not null,
    at bigint not null,
    status_code integer,
    body text not null,
    took_millis bigint not null,
    url text not null,
    constraint notification_attempt_is_at_a_delivery
        foreign key (notification_id, channel_id) references notification_delivery
);

create index notification_attempt_of on notification_attempt (notification_id, channel_id, number);

-- While a rule looks at resets: when the period ends that each entitlement was last seen in.
create table notification_period (
    entitlement_id text collate "C" primary key references entitlement,
    ends_at bigint not null
);

create index notification_period_in_time on notification_period (ends_at);
