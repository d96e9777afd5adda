-- A JSON object.
alter table entitlement_grant add column annotations text not null default '{}';

-- Whether a metered entitlement has no limit; null for false.
alter table entitlement add column unlimited boolean;

-- A JSON object, returned as stored; no cost is computed from it.
alter table feature add column unit_cost text;

-- Microseconds since 1970, returned as stored.
alter table subject add column current_period_start bigint;
alter table subject add column current_period_end bigint;

-- For the list of the grants of a customer. It includes deleted entitlements, which the unique index omits.
create index entitlement_of_customer on entitlement (customer_id);
