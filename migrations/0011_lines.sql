-- When a line is open. Rows from before keep it in `kind`, and say nothing here.
alter table lines add column hours text;

-- One row for each change of a line, a prompt or another thing of the plan that is changed by itself.
create table plan_changes (
    thing text not null,
    id text not null,
    plan_version bigint not null,
    changed_at bigint not null,
    changed_by text not null,
    -- The thing as it was and as it is; nothing where it came or went.
    before text,
    after text,
    primary key (thing, id, plan_version)
);
