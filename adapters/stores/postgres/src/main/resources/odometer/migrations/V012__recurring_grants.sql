-- The interval at which a grant is issued again: its months, and the rest in microseconds.
alter table entitlement_grant
    add column recurrence_months bigint,
    add column recurrence_time bigint,
    add column recurrence_anchor bigint;
