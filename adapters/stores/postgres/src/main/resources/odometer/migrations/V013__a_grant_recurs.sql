-- The interval at which a grant is issued again: months, and the part that is not in months, in microseconds.
alter table entitlement_grant
    add column recurrence_months bigint,
    add column recurrence_time bigint,
    add column recurrence_anchor bigint;
