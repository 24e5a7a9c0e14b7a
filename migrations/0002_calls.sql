-- Calls, what was decided in them, and what is still to be done for them.
create table calls (
    sid text primary key,
    version bigint not null,
    line_id text not null,
    caller text not null,
    started_at bigint not null,
    ended_at bigint,
    outcome text,
    state text not null
);

-- Pages list, filter, search and count calls by this index alone.
create index calls_by_start on calls (started_at, sid, line_id, outcome, caller);

-- What belongs to a call is kept by when the call started, so that calls of the same hour lie side by side:
-- a write touches the same few pages however many old calls there are.
create table journal (
    call_started_at bigint not null,
    call_sid text not null,
    seq bigint not null,
    at bigint not null,
    identity text,
    event text not null,
    lines text not null,
    request text not null,
    document text,
    primary key (call_started_at, call_sid, seq)
);
create unique index journal_by_identity on journal (call_started_at, identity);

create table outbox (
    call_started_at bigint not null,
    call_sid text not null,
    seq bigint not null,
    kind text not null,
    payload text not null,
    due bigint not null,
    attempts bigint not null,
    primary key (call_started_at, call_sid, seq)
);
create index outbox_by_due on outbox (due);
