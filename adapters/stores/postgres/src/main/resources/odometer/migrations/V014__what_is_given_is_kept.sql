-- JSON objects.
alter table entitlement_grant add column annotations text not null default '{}';

-- Whether a metered entitlement has no limit; absent means no.
alter table entitlement add column unlimited boolean;

-- JSON; only shown.
alter table feature add column unit_cost text;

-- Only shown.
alter table subject add column current_period_start bigint;
alter table subject add column current_period_end bigint;

-- Lists of all grants are read by customer or feature.
create index entitlement_of_customer on entitlement (customer_id);
