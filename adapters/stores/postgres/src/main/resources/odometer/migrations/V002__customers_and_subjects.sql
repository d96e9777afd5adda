create table subject (
    id text collate "C" primary key,
    key text collate "C" not null,
    display_name text,
    metadata text,
    stripe_customer_id text,
    created_at bigint not null,
    updated_at bigint not null,
    constraint subject_has_one_entry unique (key)
);

create table customer (
    id text collate "C" primary key,
    key text collate "C",
    name text collate "C" not null,
    description text,
    subject_keys text[] not null,
    currency text,
    primary_email text,
    billing_address text,
    metadata text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);

-- Every key, id and subject key of a live customer, so that one constraint keeps them all apart.
create table customer_name (
    name text collate "C" not null,
    customer_id text collate "C" not null references customer,
    -- Whether usage of this subject is the customer's; an id only keeps the name from others.
    attributes boolean not null,
    constraint customer_name_is_taken_once primary key (name)
);

create index customer_name_of on customer_name (customer_id);
