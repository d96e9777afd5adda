-- The attributes that usually many events share: a row for each combination. Breaking, since earlier releases read and
-- write them in usage_event.
create table event_attributes (
    number int generated always as identity primary key,
    -- The first 16 bytes of SHA-256 over the four attributes, each after its length; the optional ones after '='.
    digest bytea not null,
    source text collate "C" not null,
    type text collate "C" not null,
    datacontenttype text,
    dataschema text,
    constraint event_attributes_have_one_number unique (digest)
);

create function hashed(attribute text) returns bytea stable strict language sql
    return int4send(octet_length(convert_to(attribute, 'UTF8'))) || convert_to(attribute, 'UTF8');

insert into event_attributes (digest, source, type, datacontenttype, dataschema)
select substring(sha256(hashed(source) || hashed(type)
        || hashed(coalesce('=' || datacontenttype, '')) || hashed(coalesce('=' || dataschema, ''))) for 16),
    source, type, datacontenttype, dataschema
from (select distinct source, type, datacontenttype, dataschema from usage_event) combination;

drop function hashed;

-- A new table, since a dropped column leaves a null in each row. Columns of fixed width come first, which need no padding.
alter table usage_event rename to usage_event_before;
alter table usage_event_before rename constraint usage_event_counted_once to usage_event_before_counted_once;
alter index usage_event_in_time rename to usage_event_before_in_time;

create table usage_event (
    -- The order of arrival: a transaction's number in the upper bits, the place in its batch in the lower 20.
    position bigint not null,
    happened_at bigint not null,
    recorded_at bigint not null,
    -- A number of event_attributes.
    attributes int not null,
    -- The first 15 bytes of SHA-256 over the source's length, the source and the id: of fixed width, and no separator that
    -- two identities could share. With the byte of its length it takes 16 bytes in the index.
    key bytea not null,
    id text collate "C" not null,
    subject text collate "C" not null,
    -- JSON as text: it keeps every digit as it was sent, which jsonb does not.
    data text
);

insert into usage_event (position, happened_at, recorded_at, attributes, key, id, subject, data)
select e.position, e.happened_at, e.recorded_at, a.number, substring(e.key for 15), e.id, e.subject, e.data
from usage_event_before e join event_attributes a on a.source = e.source and a.type = e.type
    and a.datacontenttype is not distinct from e.datacontenttype and a.dataschema is not distinct from e.dataschema;

drop table usage_event_before;

alter table usage_event add constraint usage_event_counted_once primary key (key);

create index usage_event_in_time on usage_event (happened_at, position);
