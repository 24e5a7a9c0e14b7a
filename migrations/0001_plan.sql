-- What calls are decided by, and the version that every change of it moves on.
create table facts (
    name text primary key,
    value bigint not null
);
insert into facts (name, value) values ('plan', 1);
insert into facts (name, value) values ('setup', 0);

create table lines (
    id text primary key,
    name text not null,
    number text,
    language text not null,
    voice text,
    kind text not null,
    person text,
    dial text not null
);

create table directories (
    id text primary key,
    name text not null,
    source text not null,
    as_of text not null
);

create table offices (
    directory_id text not null references directories (id),
    id text not null,
    region text,
    position bigint not null,
    name text not null,
    title text not null,
    phone text not null,
    details text not null,
    primary key (directory_id, id)
);

-- One row for each office that a replacement touched; no `before` where it came, no `after` where it went.
create table office_changes (
    directory_id text not null,
    plan_version bigint not null,
    office_id text not null,
    changed_at bigint not null,
    changed_by text not null,
    before text,
    after text,
    primary key (directory_id, plan_version, office_id)
);

create table regions (
    code text primary key,
    name text not null,
    kind text not null,
    country text not null,
    action text not null,
    time_zone text
);

create table zip_ranges (
    first_zip text not null,
    last_zip text not null,
    region text not null,
    primary key (first_zip, last_zip, region)
);

create table zip_spans (
    zip text primary key,
    region text not null,
    others text not null,
    other_share text not null
);

create table area_codes (
    code text not null,
    region text not null,
    country text not null,
    primary key (code, region)
);

create table menus (
    id text primary key,
    name text not null,
    root text not null,
    nodes text not null
);

-- A line's own words; those that all lines share have an empty `line_id`.
create table prompts (
    line_id text not null,
    language text not null,
    key text not null,
    text text not null,
    primary key (line_id, language, key)
);
