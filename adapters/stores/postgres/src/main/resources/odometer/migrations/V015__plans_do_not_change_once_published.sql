-- The versions of plans. Times are microseconds since 1970.
create table plan (
    id text collate "C" primary key,
    key text collate "C" not null,
    version int not null,
    name text collate "C" not null,
    description text,
    metadata text not null,
    currency text collate "C" not null,
    billing_cadence text not null,
    prorates_prices boolean not null,
    settlement_mode text not null,
    -- JSON: phases with their rate cards and prices.
    phases text not null,
    -- Null while the version is a draft.
    effective_from bigint,
    effective_to bigint,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    -- Deleted versions included: a number is not used again.
    constraint plan_version_is_used_once unique (key, version),
    constraint plan_does_not_end_before_it_starts check (effective_to is null or effective_to >= effective_from)
);

create unique index plan_has_one_draft on plan (key) where effective_from is null and deleted_at is null;
create unique index plan_has_one_active_version on plan (key)
    where effective_from is not null and effective_to is null and deleted_at is null;

-- Subscriptions refer to published versions. Only the end of the effective period and the deletion may be set, once.
create function plan_version_is_fixed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or (to_jsonb(new) - 'effective_to' - 'updated_at' - 'deleted_at')
            <> (to_jsonb(old) - 'effective_to' - 'updated_at' - 'deleted_at')
        or (old.effective_to is not null and new.effective_to is distinct from old.effective_to)
        or (old.deleted_at is not null and new.deleted_at is distinct from old.deleted_at)
    then
        raise exception 'a published version of a plan does not change: %', old.id
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger plan_does_not_change_once_published before update or delete on plan
    for each row when (old.effective_from is not null) execute function plan_version_is_fixed();
