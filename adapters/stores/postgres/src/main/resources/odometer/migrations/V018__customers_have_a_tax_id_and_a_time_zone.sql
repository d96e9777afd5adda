-- A VAT id for invoices, and the time zone in which billing periods begin, null for UTC.
alter table customer add column tax_id text collate "C", add column time_zone text;

-- That of the customer when the subscription was made: its periods do not move.
alter table subscription add column time_zone text not null default 'UTC';
