-- Billing profiles and invoices. Times are microseconds since 1970.
create table billing_profile (
    id text collate "C" primary key,
    name text collate "C" not null,
    description text,
    metadata text not null,
    is_default boolean not null,
    -- JSON.
    supplier text not null,
    workflow text not null,
    tax text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    constraint billing_profile_by_default_is_live check (not is_default or deleted_at is null)
);

create unique index billing_profile_is_default_once on billing_profile (is_default) where is_default;

-- The numbers of the invoices of a profile. The row is locked from the first number that a transaction takes until it
-- ends, so a rollback returns the numbers.
create table invoice_series (
    profile_id text collate "C" primary key references billing_profile,
    next bigint not null
);

insert into billing_profile (id, name, metadata, is_default, supplier, workflow, tax, created_at, updated_at)
select '00000000000000000000000001', 'Default', '{}', true, '{"name":"Odometer"}',
    '{"collectionInterval":"PT1H","autoAdvance":true,"draftPeriod":"P0D","dueAfter":"P30D","progressive":true,'
        || '"endProration":"bill_actual_period","collectionMethod":"charge_automatically"}',
    '{"category":"not_subject","percent":0,"exemptionReason":"Not subject to VAT"}', now.at, now.at
from (select (extract(epoch from now()) * 1000000)::bigint as at) now;

insert into invoice_series (profile_id, next) select id, 1 from billing_profile;

-- How a customer is billed differently. Null: as the profile says.
create table customer_override (
    customer_id text collate "C" primary key references customer,
    profile_id text collate "C" references billing_profile,
    -- JSON.
    tax text,
    created_at bigint not null,
    updated_at bigint not null
);

create index customer_override_by_profile on customer_override (profile_id) where profile_id is not null;

-- When a customer is settled next. Whatever changes what is due sets it in its own transaction.
create table billing_due (
    customer_id text collate "C" primary key references customer,
    due_at bigint not null
);

create index billing_due_by_time on billing_due (due_at);
-- Customers that have subscriptions already.
insert into billing_due (customer_id, due_at)
select distinct customer_id, 0 from subscription where deleted_at is null;

-- Items that were added by hand. A billed one stays, since its invoice can be voided.
create table manual_item (
    key text collate "C" primary key,
    number bigint generated always as identity,
    customer_id text collate "C" not null references customer,
    currency text collate "C" not null,
    feature_id text collate "C",
    -- JSON.
    item text not null,
    is_billed boolean not null
);

create index manual_item_waits on manual_item (customer_id, number) where not is_billed;
create index manual_item_of_customer on manual_item (customer_id);

-- The ids of the gathering invoices.
create table gathering (
    customer_id text collate "C" not null references customer,
    currency text collate "C" not null,
    id text collate "C" not null,
    created_at bigint not null,
    primary key (customer_id, currency),
    constraint gathering_id_is_used_once unique (id)
);

create table invoice (
    id text collate "C" primary key,
    customer_id text collate "C" not null references customer,
    profile_id text collate "C" not null references billing_profile,
    kind text not null,
    -- Null while it is a draft.
    number bigint,
    currency text collate "C" not null,
    -- Sorts lists.
    customer_name text collate "C" not null,
    -- JSON: the parties, the terms and the note.
    document text not null,
    preceding_id text collate "C",
    payment text,
    payment_at bigint,
    -- Computed from the lines and the terms.
    total numeric not null,
    period_from bigint not null,
    auto_advance boolean not null,
    draft_until bigint not null,
    due_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    collection_at bigint not null,
    collected_at bigint,
    approved_at bigint,
    issued_at bigint,
    voided_at bigint,
    deleted_at bigint,
    void_reason text,
    -- Whether it is void and its items are billed again.
    is_released boolean not null default false,
    constraint invoice_number_is_used_once unique (profile_id, number),
    constraint invoice_has_a_number_once_issued check ((number is null) = (issued_at is null)),
    constraint invoice_is_deleted_only_as_a_draft check (deleted_at is null or issued_at is null),
    constraint invoice_is_void_only_once_issued check (voided_at is null or issued_at is not null),
    constraint invoice_is_void_for_a_reason check ((voided_at is null) = (void_reason is null)),
    constraint invoice_is_released_only_if_void check (not is_released or voided_at is not null)
);

create index invoice_of_customer on invoice (customer_id, created_at);
create index invoice_by_creation on invoice (created_at);
create index invoice_by_issue on invoice (issued_at) where issued_at is not null;
create index invoice_is_draft on invoice (collection_at) where issued_at is null and deleted_at is null;

create table invoice_line (
    id text collate "C" primary key,
    invoice_id text collate "C" not null references invoice,
    customer_id text collate "C" not null,
    position int not null,
    -- All lines with this key bill the same item.
    line_key text collate "C" not null,
    revision int not null,
    service_to bigint not null,
    total numeric not null,
    -- JSON.
    line text not null,
    constraint invoice_line_bills_once unique (line_key, revision)
);

create index invoice_line_of_invoice on invoice_line (invoice_id, position);
create index invoice_line_of_customer on invoice_line (customer_id, service_to);

-- An issued invoice is final. It can be voided and be paid, and is never deleted.
create function invoice_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or (to_jsonb(new) - 'payment' - 'payment_at' - 'voided_at' - 'void_reason' - 'is_released' - 'updated_at')
            <> (to_jsonb(old) - 'payment' - 'payment_at' - 'voided_at' - 'void_reason' - 'is_released' - 'updated_at')
        or (old.voided_at is not null and new.voided_at is distinct from old.voided_at)
        or (old.voided_at is not null
            and (new.is_released, new.void_reason) is distinct from (old.is_released, old.void_reason))
    then
        raise exception 'an issued invoice does not change: %', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger invoice_does_not_change_once_issued before update or delete on invoice
    for each row when (old.issued_at is not null) execute function invoice_is_final();

create function invoice_line_is_final() returns trigger language plpgsql as $$
declare
    issued text;
begin
    select l.invoice_id into issued from changed l join invoice i on i.id = l.invoice_id
        where i.issued_at is not null limit 1;
    if found then
        raise exception 'the lines of an issued invoice do not change: %', issued using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;

-- By statement: one look at the invoices however many lines are written.
create trigger invoice_line_is_not_added_once_issued after insert on invoice_line
    referencing new table as changed for each statement execute function invoice_line_is_final();
create trigger invoice_line_does_not_change_once_issued after update on invoice_line
    referencing old table as changed for each statement execute function invoice_line_is_final();
create trigger invoice_line_is_not_moved_once_issued after update on invoice_line
    referencing new table as changed for each statement execute function invoice_line_is_final();
create trigger invoice_line_is_not_deleted_once_issued after delete on invoice_line
    referencing old table as changed for each statement execute function invoice_line_is_final();
