-- What was done to the settings of a telephone number at the carrier, so that it can be put back.
create table number_changes (
    number_sid text not null,
    -- 1 for the first change of a number: two who change it at once would make the same one.
    version bigint not null,
    number text not null,
    -- The line that it was pointed at; empty where it was put back.
    line_id text not null,
    -- What the number pointed at, and what it was to point at, as JSON.
    before text not null,
    after text not null,
    changed_at bigint not null,
    changed_by text not null,
    -- When the carrier had confirmed it; nothing while it is not known whether it was done.
    done_at bigint,
    primary key (number_sid, version)
);
