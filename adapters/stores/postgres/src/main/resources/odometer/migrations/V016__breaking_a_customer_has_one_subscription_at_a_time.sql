-- Subscriptions of customers to plans. Times are microseconds since 1970. Breaking: a release without this migration
-- takes entitlements of subscriptions that have not started, or have ended, for live ones.
create table subscription (
    id text collate "C" primary key,
    customer_id text collate "C" not null references customer,
    name text collate "C" not null,
    description text,
    metadata text not null,
    -- Null for terms of its own.
    plan_id text collate "C" references plan,
    plan_key text collate "C",
    plan_version int,
    currency text collate "C" not null,
    billing_cadence text not null,
    prorates_prices boolean not null,
    settlement_mode text not null,
    -- JSON: the phases of the terms as they were when it was made.
    terms text not null,
    billing_anchor bigint not null,
    active_from bigint not null,
    active_to bigint,
    -- JSON: its phases with the versions of their items.
    phases text not null,
    cost_basis_mode text,
    previous_id text collate "C",
    next_id text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    constraint subscription_does_not_end_before_it_starts check (active_to is null or active_to >= active_from)
);

-- Overlaps are checked while the row of the customer is locked; this only holds for subscriptions without an end.
create unique index subscription_of_customer_is_open_once on subscription (customer_id)
    where active_to is null and deleted_at is null;
create index subscription_of_customer on subscription (customer_id, active_from);
-- For the list of the customers of a plan.
create index subscription_to_plan on subscription (plan_key, customer_id) where deleted_at is null;

-- Of an entitlement that a subscription gives: when it is active. The others are active until they are deleted.
alter table entitlement
    add column subscription_id text collate "C" references subscription,
    add column active_from bigint,
    add column active_to bigint,
    add constraint entitlement_of_subscription_has_a_start check ((subscription_id is null) = (active_from is null));

create index entitlement_of_subscription on entitlement (subscription_id) where subscription_id is not null;
-- A subscription gives the same feature again and again, so only the others are unique; overlaps are checked while the
-- row of the customer is locked.
drop index entitlement_of_customer_to_feature_lives_once;
create unique index entitlement_of_customer_to_feature_lives_once on entitlement (customer_id, feature_key)
    where deleted_at is null and subscription_id is null;
create index entitlement_of_customer_to_feature on entitlement (customer_id, feature_key) where deleted_at is null;
