-- Which version of itself each menu is.
alter table menus add column version bigint not null default 1;

-- Every version that went live.
create table menu_versions (
    menu_id text not null,
    version bigint not null,
    name text not null,
    root text not null,
    nodes text not null,
    live_at bigint not null,
    -- Empty for one that was installed.
    live_by text not null,
    note text not null,
    -- When another took its place, or the menu went.
    gone_at bigint,
    primary key (menu_id, version)
);

insert into menu_versions (menu_id, version, name, root, nodes, live_at, live_by, note)
select id, 1, name, root, nodes, 0, '', ''
from menus;

-- Drafts that somebody tries with a call of their own.
create table menu_trials (
    menu_id text not null,
    number bigint not null,
    name text not null,
    root text not null,
    nodes text not null,
    made_at bigint not null,
    primary key (menu_id, number)
);

-- What is written of a menu and has not gone live. `marks` says of each place who last saved it, and when.
create table menu_drafts (
    menu_id text primary key,
    revision bigint not null,
    body text not null,
    marks text not null,
    saved_at bigint not null,
    saved_by text not null
);
