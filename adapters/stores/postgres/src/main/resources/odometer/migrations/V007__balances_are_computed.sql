-- Whoever names a customer by its key must not read all of them.
create index customer_of_key on customer (key) where deleted_at is null;

create table feature (
    id text collate "C" primary key,
    key text collate "C" not null,
    name text collate "C" not null,
    meter_id text collate "C" references meter,
    -- By the meter's group-by keys; absent where there are none.
    filters text,
    metadata text not null,
    created_at bigint not null,
    updated_at bigint not null,
    archived_at bigint
);

create unique index feature_key_is_taken_once on feature (key) where archived_at is null;
create index feature_of_meter on feature (meter_id);

create table entitlement (
    id text collate "C" primary key,
    customer_id text collate "C" not null references customer,
    feature_id text collate "C" not null references feature,
    feature_key text collate "C" not null,
    type text collate "C" not null,
    config text,
    -- Of a metered one; the part of the interval that is not in months, and the longest it can be, in microseconds.
    months bigint,
    time bigint,
    longest bigint,
    anchor bigint,
    measure_from bigint,
    allowance numeric,
    priority int,
    soft boolean,
    preserve_overage boolean,
    -- Whether a period may depend on the one before: then all grants and resets are read, otherwise those near the time.
    looks_back boolean,
    metadata text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);

create unique index entitlement_of_customer_to_feature_lives_once on entitlement (customer_id, feature_key)
    where deleted_at is null;
create index entitlement_to_feature on entitlement (feature_id);

create table entitlement_grant (
    id text collate "C" primary key,
    entitlement_id text collate "C" not null references entitlement,
    amount numeric not null,
    priority int not null,
    effective_at bigint not null,
    expiration_unit text,
    expiration_count int,
    rollover_least numeric not null,
    rollover_most numeric not null,
    metadata text not null,
    created_at bigint not null,
    voided_at bigint
);

create index entitlement_grant_in_time on entitlement_grant (entitlement_id, effective_at);

create table entitlement_reset (
    entitlement_id text collate "C" not null references entitlement,
    happened_at bigint not null,
    anchor bigint not null,
    preserve_overage boolean not null,
    constraint entitlement_reset_is_one_a_minute primary key (entitlement_id, happened_at)
);
