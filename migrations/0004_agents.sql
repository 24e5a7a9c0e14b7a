-- Agents, their consoles, live support calls, and what is left to do after them.
create table agents (
    user_name text primary key,
    version bigint not null,
    state text not null
);

-- One row for each open console: when it last answered, and how its phone stands (0 no, 1 yes).
create table consoles (
    connection text primary key,
    user_name text not null,
    answered_at bigint not null,
    registered bigint not null,
    microphone bigint not null
);
create index consoles_by_user_name on consoles (user_name);

-- One row for each support call that is not over; it is written and taken away with the call.
create table floor (
    call_sid text primary key,
    call_started_at bigint not null,
    line_id text not null,
    team text,
    stage text not null,
    since bigint not null,
    queued_at bigint not null,
    rank bigint not null,
    agent text,
    not_before bigint not null
);

-- Messages and wishes to be called back, until somebody has seen to them.
create table inbox (
    call_sid text not null,
    kind text not null,
    line_id text not null,
    team text,
    caller text not null,
    number text,
    at bigint not null,
    recording text,
    seconds bigint,
    done_at bigint,
    done_by text,
    primary key (call_sid, kind)
);
create index inbox_open on inbox (done_at, at);

-- What agents write after a call.
create table wrap_ups (
    call_sid text not null,
    user_name text not null,
    disposition text not null,
    notes text not null,
    at bigint not null,
    primary key (call_sid, user_name)
);

create table survey_answers (
    call_sid text not null,
    question bigint not null,
    answer bigint not null,
    at bigint not null,
    primary key (call_sid, question)
);

-- What people did to people, lines and calls of others.
create table audit (
    at bigint not null,
    seq bigint not null,
    by_user text not null,
    about text not null,
    what text not null,
    primary key (at, seq, by_user, about)
);

-- When the account may create the next call; shared by all processes.
insert into facts (name, value) values ('next_creation', 0);

-- Effects of a call in one lane are done one after the other; those without a lane when they are due.
alter table outbox add column lane text not null default '';
