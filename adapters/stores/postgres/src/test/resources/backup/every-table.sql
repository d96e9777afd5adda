-- Two rows in each table: one plain, one with text that a format could mistake for its own characters, and with nulls.
insert into event_attributes (digest, source, type, datacontenttype, dataschema)
values ('\x01', 'chat', 'prompt', 'application/json', 'https://example.com/schema'),
    ('\x02', E'a\tb\nc\rd\\e', '\.', null, null);
insert into usage_event (key, position, attributes, id, subject, happened_at, recorded_at, data)
values ('\x00ff0a0d095c2e', nextval('usage_position') << 20, 1, 'e-1', 'acme', 1700000000000000, 1700000000000001,
        '{"tokens": 1.500}'),
    ('\x01', nextval('usage_position') << 20, 2, '\N', 'Zoë 😀 ''"', -1, 9007199254740993, null);

insert into meter (id, slug, name, description, metadata, aggregation, event_type, event_from, value_property, group_by,
    created_at, updated_at, deleted_at, rollup, backfill_to, backfilled_at, backfilled_position)
values ('m-1', 'tokens', 'Tokens', null, '{}', 'SUM', 'prompt', null, '$.tokens', '{}', 1, 1, null,
        nextval('rollup_number'), null, 0, 0),
    ('m-2', 'old', '', '', E'{"a":"\\n"}', 'COUNT', 'prompt', 5, null, '{"model":"$.model"}', 1, 2, 3,
        nextval('rollup_number'), 7, 0, 0);
update meter_version set version = 42, has_archive = true;
insert into archive_part (id, container, key, day, events, bytes, unpacked, sha256, first_at, last_at, last_position, lowest_position, archived_at)
values (1, 'archive', 'events/1.ndjson.zst', 0, 2, 100, 400, 'ab', 1, 2, 5, 4, 9), (2, 'archive', 'events/2.ndjson.zst', 86400, 1, 50, 200, 'cd', 86400000000, 86400000000, 6, 6, 9);
insert into archive_block (part, start, length, digest, first_at, first_position, last_at, last_position)
values (1, 0, 100, '\x00', 1, 4, 2, 5), (2, 0, 50, '\x01', 86400000000, 6, 86400000000, 6);
insert into archive_identity (bucket, era, keys) select 0, 1, string_agg(sha256(n::text::bytea), '') from generate_series(1, 300) n;
insert into archive_era (era, keys, first_at, last_at) values (1, 600, 1, 9);
insert into archive_leftover (container, key, since) values ('archive', 'events/3.ndjson.zst', 1);
insert into archive_hold (from_day, to_day, until) values (0, 86400, 9);
update archive_range set first_at = 1, last_at = 86400000000;

insert into series (rollup, digest, subject, groups) values (1, '\x01', 'acme', '[]'), (2, '\x02', 'Zoë', '["gpt",null]');
insert into rollup_delta (kind, entries, series, minute, count, amount, first_at, last_at, last_position)
values ('ADD', 2, '{1,2}', '{60,120}', '{1,2}', '{1.50,null}', '{1,2}', '{3,4}', '{5,6}'),
    ('LATEST', 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}');
insert into distinct_delta (entries, series, minute, value) values (1, '{2}', '{60}', '{"\\x5c4e"}'), (0, '{}', '{}', '{}');
insert into rollup_minute values (1, 60, 1, 12345678901234567890.123456789012345678900, 1, 2, 3), (2, 60, 1, null, 1, 2, 3);
insert into rollup_compressed values (1, 0, '{1,1439}', '{1,2}', '{1.50,2}'), (2, 0, '{1}', '{1}', null);
insert into rollup_hour select * from rollup_minute;
insert into rollup_day select * from rollup_minute;
insert into rollup_month select * from rollup_minute;
insert into distinct_minute values (1, 60, '\x5c4e'), (1, 60, '\x');
insert into distinct_hour select * from distinct_minute;
insert into distinct_day select * from distinct_minute;
insert into distinct_month select * from distinct_minute;

insert into subject (id, key, display_name, metadata, stripe_customer_id, created_at, updated_at, current_period_start)
values ('s-1', 'acme', null, null, null, 1, 1, null), ('s-2', E'\t', E'\\', '{}', 'cus_1', 1, 1, 5);
insert into customer (id, key, name, subject_keys, metadata, created_at, updated_at, tax_id, time_zone)
values ('c-1', 'acme', 'Acme', '{acme}', '{}', 1, 1, 'DE123', 'Europe/Berlin'),
    ('c-2', null, E'{},"\\', array[E'a,b"\\', 'NULL', ''], '{}', 1, 1, null, null);
insert into customer_name values ('c-1', 'c-1', false), ('acme', 'c-1', true), ('c-2', 'c-2', false);
insert into parked_item (key, channel, origin, id, reason, content_type, attributes, body, parked_at)
values ('\x01', 'usage', 'o', '1', 'invalid', null, '{}', '\x00', 1), ('\x02', 'files', 'o', '2', '', 'a/b', '{}', '\x', 1);
insert into usage_import (id, file, container, key, version, size, status, ended, position, line, read, lines, counted,
    repeated, rejected, worked, started_at, updated_at)
values ('i-1', '\x01', 'inbox', 'a.csv', '1', 10, 'RUNNING', false, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1),
    ('i-2', '\x01', 'inbox', 'a.csv', '2', 10, 'FAILED', true, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1);
insert into usage_import_rejected values ('i-2', 1, 'invalid', E'a\tb'), ('i-2', 2, '', '');
insert into schedule values ('draftInvoices', 1, 2), ('never', null, null);
insert into usage_export (id, key, request, status, files, attempts, created_at)
values ('x-1', '\x01', '{}', 'PENDING', '[]', 0, 1), ('x-2', '\x02', '{}', 'DONE', '["a"]', 1, 1);

insert into feature (id, key, name, meter_id, filters, metadata, created_at, updated_at, unit_cost)
values ('f-1', 'tokens', 'Tokens', 'm-1', null, '{}', 1, 1, '{"type":"manual"}'), ('f-2', 'sso', '', null, '{}', '{}', 1, 1, null);
insert into plan (id, key, version, name, metadata, currency, billing_cadence, prorates_prices, settlement_mode, phases,
    effective_from, created_at, updated_at)
values ('p-1', 'pro', 1, 'Pro', '{}', 'EUR', 'P1M', true, 'credit_then_invoice', '[]', 1, 1, 1),
    ('p-2', 'pro', 2, 'Pro', '{}', 'EUR', 'P1M', true, 'credit_then_invoice', '[]', null, 1, 1);
insert into subscription (id, customer_id, name, metadata, plan_id, currency, billing_cadence, prorates_prices,
    settlement_mode, terms, billing_anchor, active_from, phases, created_at, updated_at)
values ('u-1', 'c-1', 'Pro', '{}', 'p-1', 'EUR', 'P1M', true, 'x', '{}', 1, 1, '[]', 1, 1),
    ('u-2', 'c-2', 'Own', '{}', null, 'EUR', 'P1M', true, 'x', '{}', 1, 1, '[]', 1, 1);
insert into entitlement (id, customer_id, feature_id, feature_key, type, allowance, metadata, created_at, updated_at,
    subscription_id, active_from)
values ('e-1', 'c-1', 'f-1', 'tokens', 'metered', 100.00, '{}', 1, 1, 'u-1', 1),
    ('e-2', 'c-2', 'f-2', 'sso', 'boolean', null, '{}', 1, 1, null, null);
insert into entitlement_grant (id, entitlement_id, amount, priority, effective_at, rollover_least, rollover_most, metadata, created_at)
values ('g-1', 'e-1', 0.1, 1, 1, 0, 0, '{}', 1), ('g-2', 'e-1', 1e30, 1, 1, 0, 0, '{}', 1);
insert into entitlement_reset values ('e-1', 1, 1, false), ('e-1', 2, 2, true);

insert into notification_channel (id, name, disabled, type, target, metadata, created_at, updated_at)
values ('h-1', 'Hook', false, 'WEBHOOK', '{"secret":"whsec_\\"}', '{}', 1, 1), ('h-2', '', true, 'EMAIL', '{}', '{}', 1, 1);
insert into notification_rule values ('r-1', '{}', false, '{h-1}', 1, null), ('r-2', '{}', true, '{}', 1, 2);
insert into notification (id, rule_id, rule, payload, created_at)
values ('n-1', 'r-1', '{}', '{}', 1), ('n-2', 'r-1', '{}', E'{"a":"\\u0000"}', 1);
insert into notification_delivery values ('n-1', 'h-1', 'PENDING', null, 1, 1, null, 1, 0), ('n-2', 'h-1', 'FAILED', 'x', null, null, null, 1, 3);
insert into notification_attempt (notification_id, channel_id, succeeded, at, status_code, body, took_millis, url)
values ('n-2', 'h-1', false, 1, null, '', 1, 'https://example.com'), ('n-2', 'h-1', false, 2, 500, E'\r\n', 1, 'https://example.com');
insert into notification_period values ('e-1', 5), ('e-2', 6);
insert into notification_told values ('\x01'), ('\x');
insert into portal_token (id, digest, subject, allowed_meter_slugs, created_at, expires_at, areas)
values ('t-1', '\x01', 'acme', '{}', 1, 2, '{}'), ('t-2', '\x02', 'acme', '{tokens}', 1, 2, '{ACCESS,INVOICES}');

update billing_profile set name = 'Renamed';
update invoice_series set next = 2;
insert into customer_override values ('c-1', null, null, 1, 1), ('c-2', (select id from billing_profile), '{}', 1, 1);
insert into billing_due values ('c-1', 1), ('c-2', 2);
insert into manual_item (key, customer_id, currency, item, is_billed)
values ('k-1', 'c-1', 'EUR', '{}', true), ('k-2', 'c-1', 'EUR', '{}', false);
insert into gathering values ('c-1', 'EUR', 'ga-1', 1), ('c-2', 'USD', 'ga-2', 1);
insert into invoice (id, customer_id, profile_id, kind, currency, customer_name, document, total, period_from, auto_advance,
    draft_until, due_at, created_at, updated_at, collection_at)
select id, 'c-1', (select id from billing_profile), 'STANDARD', 'EUR', 'Acme', '{}', 10.00, 1, true, 1, 1, 1, 1, 1
from unnest(array['v-1', 'v-2']) id;
insert into invoice_line (id, invoice_id, customer_id, position, line_key, revision, service_to, total, line)
values ('l-1', 'v-1', 'c-1', 0, 'k-1', 0, 1, 10.00, '{}'), ('l-2', 'v-2', 'c-1', 0, 'k-1', 1, 1, 10.0, '{}');
update invoice set number = 1, issued_at = 5 where id = 'v-1';
insert into invoice_hand_off (invoice_id, task, state, since) values ('v-1', 'HAND_OVER', 'PENDING', 1), ('v-2', 'HAND_OVER', 'DONE', 1);
insert into delta_source (topic_id, partition, next_offset, first_at, last_at)
values ('k7x_Zoë', 0, 9007199254740993, 1700000000000000, 1700000000000001), ('k7x_Zoë', 1, 0, null, null);
