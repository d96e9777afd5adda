-- Queries that filter by a group value read only the series that have it, instead of all series of the meter.

-- The digest of a group value as JSON, at a place in the groups of a rollup's series. Places begin at 1; a meter has at
-- most 32 keys.
create function series_value(rollup bigint, place bigint, value text) returns bigint
    language sql immutable strict parallel safe
    return hashtextextended(value collate "C", rollup * 64 + place);

-- json instead of jsonb, because the digest is computed from the value's text as it was written. Null for series without
-- groups.
create function series_values(rollup bigint, groups text) returns bigint[]
    language sql immutable strict parallel safe
    return (select array_agg(series_value(rollup, v.place, v.value::text))
        from json_array_elements(groups::json) with ordinality as v (value, place));

-- Digests instead of values, since an index entry has at most about 2,700 bytes. A series is never updated, so each one
-- costs one insertion into the index.
create index series_of_value on series using gin (series_values(rollup, groups));
