-- The progress of issued invoices on their way to a payment provider. Times are microseconds since 1970.
create table invoice_hand_off (
    invoice_id text collate "C" primary key references invoice,
    -- HAND_OVER, or WITHDRAW once it is void.
    task text not null,
    state text not null,
    reason text,
    -- Failed ones since it was registered or restarted.
    attempts integer not null default 0,
    -- How often a worker took it. Above 1, an earlier one may have crashed.
    takes integer not null default 0,
    -- The generation of the idempotency keys.
    keys integer not null default 0,
    since bigint not null,
    -- The ids at the provider: of the invoice, and of its items by those of the invoice here.
    external_id text,
    item_ids text[] not null default '{}',
    external_item_ids text[] not null default '{}',
    -- When it is tried next. Null when it is over.
    due_at bigint,
    -- When it can be taken: when it is due or, if it is leased, when the lease ends.
    ready_at bigint,
    lease text
);

create index invoice_hand_off_ready on invoice_hand_off (ready_at) where ready_at is not null;
-- Few invoices are void; their withdrawal is looked for each minute.
create index invoice_is_void on invoice (id) where voided_at is not null;
