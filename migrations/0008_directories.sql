-- One row for each change of a directory: of an office by hand, by a file, or by undoing another change.
create table directory_changes (
    directory_id text not null,
    plan_version bigint not null,
    changed_at bigint not null,
    changed_by text not null,
    what text not null,
    -- The file's name, the office's: what the change is about, for people.
    about text not null,
    -- The version of the change that this one undoes.
    undoes bigint,
    -- The directory itself as it was and as it is, where the change touched that.
    before text,
    after text,
    primary key (directory_id, plan_version)
);

insert into directory_changes (directory_id, plan_version, changed_at, changed_by, what, about)
select directory_id, plan_version, min(changed_at), min(changed_by), 'import', ''
from office_changes
group by directory_id, plan_version;

create index office_changes_by_office on office_changes (directory_id, office_id, plan_version);

-- Whether its offices stand by region or as a list; empty where its offices tell. And the columns of the file it came
-- from, so that a file goes out as it came in.
alter table directories add column shape text not null default '';
alter table directories add column header text not null default '[]';

-- Files that somebody looks through before they count.
create table directory_uploads (
    id text primary key,
    directory_id text not null,
    name text not null,
    content text not null,
    uploaded_at bigint not null,
    uploaded_by text not null
);
