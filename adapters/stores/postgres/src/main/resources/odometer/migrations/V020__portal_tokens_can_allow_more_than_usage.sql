-- What a token allows besides usage: ACCESS, INVOICES. Those that exist allow nothing else.
alter table portal_token add column areas text[] not null default '{}';
