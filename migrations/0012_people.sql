-- Whose calls somebody takes: teams as JSON, none where it is every team's; languages as JSON, all where none is named.
alter table people add column teams text;
alter table people add column languages text not null default '[]';
-- When they last opened a page, within a quarter of an hour.
alter table people add column seen_at bigint;
-- How often what an admin knows of them was changed.
alter table people add column version bigint not null default 0;

-- Links that let somebody choose a password: an invitation, or another password for `user_name`. Only a hash is kept.
create table links (
    id text primary key,
    hash text not null,
    user_name text,
    name text not null,
    role text not null,
    teams text,
    languages text not null,
    made_at bigint not null,
    made_by text not null,
    expires_at bigint not null,
    shown_at bigint,
    used_at bigint
);
create unique index links_by_hash on links (hash);

-- One change of people at a time, so that the last admin stays.
insert into facts (name, value) values ('people', 0);

create index audit_by_person on audit (by_user, at);
create index audit_by_subject on audit (about, at);

-- How many days things are kept; for ever where none are said. Up to `done_before` it was done.
create table retention (
    what text primary key,
    days bigint,
    done_before bigint not null default 0
);
insert into retention (what, days) values ('calls', 730), ('numbers', 180), ('recordings', 90), ('inbox', 365), ('audit', 1095);
-- What was kept for ever until this release stays so until somebody says otherwise.
update retention
set days = null
where exists (select 1 from calls);

-- Until when one process removes what is old; the others leave it to it.
insert into facts (name, value) values ('retention_until', 0);

-- Recordings that the carrier is yet to remove.
create table removals (
    recording text primary key,
    asked_at bigint not null,
    due bigint not null,
    attempts bigint not null
);
create index removals_by_due on removals (due);

create index attendance_by_call on attendance (call_sid);
